package dev.caravan.pipeline.tabletoredshift.pace;

import dev.caravan.base.Quantity;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Above what a source isn't read: {@code replicaLag=30s, threadsRunning=40}.
 *
 * @param replicaLag how far a replica may be behind the server that it replicates from
 * @param threadsRunning how many threads of MySQL or MariaDB may be at work, our own among them
 */
public record StopAbove(Optional<Duration> replicaLag, OptionalInt threadsRunning) {
    public static final StopAbove NOTHING = new StopAbove(Optional.empty(), OptionalInt.empty());

    private static final int MOST_DAYS = 7, MOST_DIGITS = 6;

    /** Empty if the text isn't that. */
    public static Optional<StopAbove> of(String text) {
        Optional<Duration> lag = Optional.empty();
        OptionalInt threads = OptionalInt.empty();
        Set<String> names = new HashSet<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(0, equals)).strip();
            String value = part.substring(equals + 1).strip();
            if (!names.add(name)) {
                return Optional.empty();
            }
            switch (name) {
                case "replicaLag" -> {
                    lag = Quantity.duration(value)
                            .filter(d -> !d.isZero() && d.compareTo(Duration.ofDays(MOST_DAYS)) <= 0);
                    if (lag.isEmpty()) {
                        return Optional.empty();
                    }
                }
                case "threadsRunning" -> {
                    if (!value.matches("[1-9]\\d{0," + (MOST_DIGITS - 1) + "}")) {
                        return Optional.empty();
                    }
                    threads = OptionalInt.of(Integer.parseInt(value));
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new StopAbove(lag, threads));
    }

    public boolean isNothing() {
        return equals(NOTHING);
    }
}
