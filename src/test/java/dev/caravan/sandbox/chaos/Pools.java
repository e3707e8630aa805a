package dev.caravan.sandbox.chaos;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** What Java 17's executors can't do by themselves. */
final class Pools {
    private static final int SECONDS = 5, MANY_SECONDS = 180;

    private Pools() {}

    /** Takes no more tasks, interrupts those that run, and waits a few seconds until they have ended. */
    static void stop(ExecutorService pool) {
        pool.shutdownNow();
        awaitEnd(pool);
    }

    /** Takes no more tasks, and waits a few minutes until those that there are have ended. */
    static void finish(ExecutorService pool) {
        pool.shutdown();
        awaitEnd(pool, MANY_SECONDS);
    }

    /** Waits a few seconds until the tasks of a pool that was shut down have ended. */
    static void awaitEnd(ExecutorService pool) {
        awaitEnd(pool, SECONDS);
    }

    private static void awaitEnd(ExecutorService pool, int seconds) {
        try {
            boolean unused = pool.awaitTermination(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
