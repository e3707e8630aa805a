package dev.caravan.redshift.evolution;

import dev.caravan.base.Quantity;
import java.time.Duration;

/** Until when something is read. */
final class Deadline {
    private final Duration length;
    private final long end;

    Deadline(Duration length) {
        this.length = length;
        end = System.nanoTime() + length.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /** @throws LimitExceeded when the time is up */
    void check() {
        if (isOver()) {
            throw new LimitExceeded("it takes longer to read than " + Quantity.inWords(length));
        }
    }
}
