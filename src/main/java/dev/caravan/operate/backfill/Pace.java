package dev.caravan.operate.backfill;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Lets so many through in a second, on average; what wasn't used is not saved up. */
final class Pace {
    private final double perSecond;
    private final LongSupplier nanoClock;
    private final LongConsumer pause;
    private long next;

    Pace(double perSecond) {
        this(perSecond, System::nanoTime, LockSupport::parkNanos);
    }

    /** @param pause waits for about so many nanoseconds */
    Pace(double perSecond, LongSupplier nanoClock, LongConsumer pause) {
        this.perSecond = perSecond;
        this.nanoClock = nanoClock;
        this.pause = pause;
        next = nanoClock.getAsLong();
    }

    /** Waits until the next may go, and counts them. */
    void take(int many) {
        long now = nanoClock.getAsLong();
        while (now < next) {
            pause.accept(next - now);
            now = nanoClock.getAsLong();
        }
        next = now + (long) (many / perSecond * TimeUnit.SECONDS.toNanos(1));
    }
}
