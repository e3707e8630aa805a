package dev.caravan.redshift.admission;

import dev.caravan.base.Quantity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The loads into clusters that run now in this instance, each bounded in time. A connection's own bounds end a load that takes too long, and its batch is given up; whose
 * load goes on after that all the same hangs somewhere in this process, and loses its batch to whoever takes it up.
 */
public final class LongLoads {
    /** What the connection's own bounds, and what follows from them, may take beyond. */
    private static final Duration GRACE = Duration.ofMinutes(3);

    private final Duration atMost;
    private final Clock clock;
    private final Map<Load, Instant> running = new ConcurrentHashMap<>();

    /** @param atMost the longest that a load may take */
    public LongLoads(Duration atMost, Clock clock) {
        this.atMost = atMost;
        this.clock = clock;
    }

    private record Load(String batch, String cluster) {}

    /** A load has its turn. */
    public void begins(String batch, String cluster) {
        running.put(new Load(batch, cluster), clock.instant());
    }

    /** It has ended, in whatever way. */
    public void ends(String batch, String cluster) {
        running.remove(new Load(batch, cluster));
    }

    /** Whether a load that has taken so long is to be given up, with what is said of it. */
    public Optional<String> tooLong(Duration took, String cluster) {
        return took.compareTo(atMost) < 0
                ? Optional.empty()
                : Optional.of("stage copy into cluster " + cluster + " took " + Quantity.inWords(took)
                        + ", longer than caravan.load.at-most (" + Quantity.inWords(atMost) + ")");
    }

    /** Why a batch's lease is to be renewed no more; empty if its loads keep to their bounds. */
    public Optional<String> hanging(String batch) {
        Instant now = clock.instant();
        return running.entrySet().stream()
                .filter(load -> load.getKey().batch().equals(batch))
                .filter(load -> !load.getValue().plus(atMost).plus(GRACE).isAfter(now))
                .findFirst()
                .flatMap(load -> tooLong(
                        Duration.between(load.getValue(), now), load.getKey().cluster()))
                .map(words -> words + ", and its connection's own bounds did not end it");
    }
}
