package dev.caravan.sandbox.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** What a run has started, to be stopped in the reverse order when it ends, however it ends: also while something is just starting. */
public final class Cleanup implements AutoCloseable {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private volatile boolean closed;

    /** Starts something that {@link #close} stops. Closing waits until it has started, so that nothing is left behind half-started. */
    public synchronized <T extends AutoCloseable> T start(Supplier<T> starter) {
        requireOpen();
        T it = starter.get();
        started.push(it);
        return it;
    }

    /** For what works with what was started: throws {@link CancellationException} once that is being stopped. */
    public void requireOpen() {
        if (closed) {
            throw new CancellationException("stopped");
        }
    }

    /** Whether {@link #close} has begun. */
    public boolean isClosed() {
        return closed;
    }

    /** Stops everything. Closing again does nothing. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            while (!started.isEmpty()) {
                try {
                    started.pop().close();
                } catch (Exception e) {
                    System.err.println("Could not stop something that had been started: " + e.getMessage());
                }
            }
        }
    }
}
