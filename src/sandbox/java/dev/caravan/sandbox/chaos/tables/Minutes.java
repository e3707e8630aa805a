package dev.caravan.sandbox.chaos.tables;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Whole minutes, as a cron names them, so that what is scheduled ends by itself.
 *
 * @param first its beginning
 * @param last its beginning
 */
public record Minutes(Instant first, Instant last) {
    /** A cron knows no hour more. */
    private static final Duration LONGEST = Duration.ofMinutes(55);

    /** All that touch this time; of a longer one, the first. */
    public static Minutes of(Instant from, Duration length) {
        Duration taken = length.compareTo(LONGEST) > 0 ? LONGEST : length;
        return new Minutes(
                from.truncatedTo(ChronoUnit.MINUTES), from.plus(taken).truncatedTo(ChronoUnit.MINUTES));
    }

    /** When they are over. */
    public Instant end() {
        return last.plus(1, ChronoUnit.MINUTES);
    }

    String cron() {
        return LongStream.rangeClosed(0, ChronoUnit.MINUTES.between(first, last))
                .mapToObj(minute -> Integer.toString(first.plus(minute, ChronoUnit.MINUTES)
                        .atZone(ZoneOffset.UTC)
                        .getMinute()))
                .collect(Collectors.joining(","));
    }
}
