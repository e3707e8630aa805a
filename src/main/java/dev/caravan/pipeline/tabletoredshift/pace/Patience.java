package dev.caravan.pipeline.tabletoredshift.pace;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Waits, for as long as there is something to wait for: never longer than a moment without looking whether the process stops, or whether the table is still ours. */
public final class Patience {
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(200);

    private final BooleanSupplier stopping;
    private final Check check;
    private final long every;
    private final AtomicLong checked = new AtomicLong(System.nanoTime());

    /**
     * @param stopping whether the process stops
     * @param check whether reading may go on, asked now and then
     * @param every how often
     */
    public Patience(BooleanSupplier stopping, Check check, Duration every) {
        this.stopping = stopping;
        this.check = check;
        this.every = every.toNanos();
    }

    /** Whether reading may go on. */
    @FunctionalInterface
    public interface Check {
        /** @throws IOException if not */
        void check() throws IOException;
    }

    /** Waits for a time. */
    void waitFor(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            moment(left);
        }
    }

    /** Waits while something is so. */
    void waitWhile(BooleanSupplier condition) throws IOException {
        while (condition.getAsBoolean()) {
            moment(SLICE);
        }
    }

    private void moment(long most) throws IOException {
        if (stopping.getAsBoolean()) {
            throw new InterruptedIOException(
                    "this instance stops while the table waits for its source: it is read anew by whoever takes it up");
        }
        look();
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min(most, SLICE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the table waits for its source");
        }
    }

    /** By one of all threads at a time. */
    private void look() throws IOException {
        long last = checked.get();
        long now = System.nanoTime();
        if (now - last >= every && checked.compareAndSet(last, now)) {
            check.check();
        }
    }
}
