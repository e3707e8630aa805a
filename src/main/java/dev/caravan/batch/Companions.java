package dev.caravan.batch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Those who want to share a request to a service. While there are many, who is about to make a request waits a moment for others to join: fewer
 * requests cost less. Who is alone doesn't wait. Safe for use by many threads.
 */
public final class Companions {
    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

    private final int most;
    private final long patienceNanos;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean crowded;

    /**
     * @param most how many fit into a request
     * @param patience how long to wait for them
     */
    public Companions(int most, Duration patience) {
        this.most = most;
        this.patienceNanos = patience.toNanos();
    }

    /** One more wants to be in a request. */
    public void arrived() {
        waiting.incrementAndGet();
    }

    /** Returns when a request is full or patience is over; at once if the last one had no companion. */
    public void await() {
        long began = System.nanoTime();
        while (crowded && waiting.get() < most && System.nanoTime() - began < patienceNanos) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** One is in a request, or wants no more. */
    public void left() {
        waiting.decrementAndGet();
    }

    /** So many are in the request that is made now. */
    public void together(int group) {
        crowded = group > 1;
    }
}
