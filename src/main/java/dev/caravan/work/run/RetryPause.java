package dev.caravan.work.run;

import java.time.Duration;

/** How long what failed waits until it is tried again: longer each time. */
public final class RetryPause {
    private static final Duration FIRST = Duration.ofSeconds(5), LONGEST = Duration.ofMinutes(5);

    private RetryPause() {}

    /** @param attempt the one that failed, counted from 1 */
    public static Duration after(int attempt) {
        long seconds = FIRST.toSeconds() << Math.min(Math.max(0, attempt - 1), 10);
        return seconds > LONGEST.toSeconds() ? LONGEST : Duration.ofSeconds(seconds);
    }
}
