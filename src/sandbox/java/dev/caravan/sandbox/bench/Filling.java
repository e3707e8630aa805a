package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.run.RunFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Sends events: as fast as the queue takes them, or at a steady rate. */
final class Filling {
    private static final int SENDERS = 4;

    private Filling() {}

    /** All of them, as fast as can be. */
    static void atOnce(Events events, String run, int files) {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<?>> sendings = new ArrayList<>();
            for (int from = 0; from < files; from += Events.MOST) {
                int first = from;
                sendings.add(senders.submit(() -> events.send(run, first, Math.min(files, first + Events.MOST))));
            }
            for (Future<?> sending : sendings) {
                sending.get();
            }
        } catch (ExecutionException e) {
            throw new RunFailure("The queue could not be filled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("Interrupted");
        } finally {
            senders.shutdownNow();
        }
    }

    /** At so many a second, ten milliseconds' worth at a time; returns when all are sent. */
    static int steadily(Events events, String run, double perSecond, Duration length) {
        int files = (int) (perSecond * length.toMillis() / 1e3);
        long began = System.nanoTime();
        int sent = 0;
        while (sent < files) {
            double elapsed = (System.nanoTime() - began) / 1e9;
            int due = Math.min(files, (int) (elapsed * perSecond));
            while (sent < due) {
                int to = Math.min(due, sent + Events.MOST);
                events.send(run, sent, to);
                sent = to;
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        return sent;
    }
}
