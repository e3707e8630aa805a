package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.run.RunFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for what a run depends on. */
final class Waiting {
    private static final Duration LONGEST = Duration.ofHours(1);

    private Waiting() {}

    /**
     * Returns when the condition holds; throws {@link RunFailure} if that takes an hour.
     *
     * @param often how often it is asked
     * @param otherwise a sentence for the person who waits
     */
    static void until(BooleanSupplier condition, Duration often, String otherwise) {
        Instant end = Instant.now().plus(LONGEST);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new RunFailure(otherwise);
            }
            pass(often);
        }
    }

    /** Lets time pass. */
    static void pass(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("Interrupted");
        }
    }
}
