package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.run.RunFailure;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What Java 17's executors can't do by themselves. */
final class Pools {
    private static final int SECONDS = 5, MANY_SECONDS = 600;

    private Pools() {}

    /** Takes no more tasks, interrupts those that run, and waits a few seconds until they have ended. */
    static void stop(ExecutorService pool) {
        pool.shutdownNow();
        awaitEnd(pool);
    }

    /** Waits until all are done. Throws what one of them has thrown, and {@link RunFailure} if that takes too long. */
    static void await(List<Future<?>> tasks) {
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(MANY_SECONDS);
        try {
            for (Future<?> task : tasks) {
                task.get(latest - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException thrown
                    ? thrown
                    : new RunFailure("The trouble doesn't end", e);
        } catch (TimeoutException e) {
            throw new RunFailure("The trouble doesn't end in " + MANY_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
