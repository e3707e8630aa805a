package dev.caravan.sandbox.chaos;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** What Java 17's executors can't do by themselves. */
final class Pools {
    private static final int SECONDS = 5;

    private Pools() {}

    /** Takes no more tasks, interrupts those that run, and waits a few seconds until they have ended. */
    static void stop(ExecutorService pool) {
        pool.shutdownNow();
        awaitEnd(pool);
    }

    /** Waits a few seconds until the tasks of a pool that was shut down have ended. */
    static void awaitEnd(ExecutorService pool) {
        try {
            boolean unused = pool.awaitTermination(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
