package dev.caravan.ledger.camel;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that want the same of a service at the same time share a request: one of them makes it for all that wait, the others sleep until theirs
 * is decided. While there are many, who makes the request waits a moment for others to join: fewer requests cost less. Who is alone doesn't wait.
 *
 * @param <W> what a thread wants
 */
final class GroupCommit<W extends GroupCommit.Wish> {
    /** What one thread wants: made and submitted by that thread, decided by any. */
    abstract static class Wish {
        private final Thread owner = Thread.currentThread();
        private volatile boolean decided;

        /** What this wish's owner reads must have been written before. */
        protected final void decide() {
            decided = true;
            LockSupport.unpark(owner);
        }
    }

    private final int most;
    private final long patienceNanos;
    private final long quietNanos;
    private final Runnable request;
    private final AtomicBoolean underway = new AtomicBoolean();
    private final Deque<W> waiting = new ConcurrentLinkedDeque<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean crowded;

    /**
     * @param most wishes that fit into a request
     * @param patience how long a request waits for more of them at most
     * @param quiet how long it waits for the next one
     * @param request takes wishes with {@link #next()} and decides each of them, or gives it {@link #back}; throws nothing
     */
    GroupCommit(int most, Duration patience, Duration quiet, Runnable request) {
        this.most = most;
        this.patienceNanos = patience.toNanos();
        this.quietNanos = quiet.toNanos();
        this.request = request;
    }

    /** Returns once the wish is decided. */
    void submit(W wish) {
        waiting.addLast(wish);
        count.incrementAndGet();
        boolean interrupted = false;
        while (!((Wish) wish).decided) {
            if (!waiting.isEmpty() && underway.compareAndSet(false, true)) {
                try {
                    awaitCompanions();
                    request.run();
                } finally {
                    underway.set(false);
                    wakeFirst();
                }
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The wish that has waited longest; null if there is none. */
    @Nullable
    W next() {
        W next = waiting.pollFirst();
        if (next != null) {
            count.decrementAndGet();
        }
        return next;
    }

    /** Has a wish that was taken wait again, before all others. */
    void back(W wish) {
        waiting.addFirst(wish);
        count.incrementAndGet();
    }

    /** Those that wait, in their order, as far as this can be seen while others come and go. */
    Iterable<W> waiting() {
        return waiting;
    }

    /** So many are in the request that is made now. */
    void together(int group) {
        crowded = group > 1;
    }

    /** Whoever submitted the first wish makes the next request, unless somebody else has begun to. */
    private void wakeFirst() {
        W first = waiting.peekFirst();
        if (first != null) {
            LockSupport.unpark(((Wish) first).owner);
        }
    }

    private void awaitCompanions() {
        long end = System.nanoTime() + patienceNanos;
        int seen = -1;
        while (crowded && count.get() != seen && count.get() < most && System.nanoTime() < end) {
            seen = count.get();
            LockSupport.parkNanos(quietNanos);
        }
    }
}
