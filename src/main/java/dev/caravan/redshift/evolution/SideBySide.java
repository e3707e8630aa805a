package dev.caravan.redshift.evolution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.exception.AbortedException;

/** Some threads for one batch's files; whoever closes it stops what still runs. */
final class SideBySide implements AutoCloseable {
    private final ExecutorService threads;

    SideBySide(int most) {
        threads = Executors.newFixedThreadPool(most, task -> {
            Thread thread = new Thread(task, "caravan-fields");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What the tasks found, in their order; the first failure, errors too, is thrown as it was, without waiting for the tasks behind it. */
    <T> List<T> all(Collection<? extends Callable<T>> tasks) {
        List<Future<T>> running =
                tasks.stream().map(task -> threads.submit((Callable<T>) task)).toList();
        List<T> found = new ArrayList<>();
        for (Future<T> one : running) {
            try {
                found.add(one.get());
            } catch (ExecutionException e) {
                throw asItWas(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw AbortedException.create("interrupted while the fields of a batch's files are read", e);
            }
        }
        return found;
    }

    private static RuntimeException asItWas(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
