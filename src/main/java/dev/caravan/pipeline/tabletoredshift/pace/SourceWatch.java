package dev.caravan.pipeline.tabletoredshift.pace;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a source again and again while a table of it is read, in a thread of its own. While it has too much to do, no row is taken. */
public final class SourceWatch implements Pace, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);

    private final SourceLoad load;
    private final Duration every;
    private final Patience patience;
    private final Consumer<String> told;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean busy;

    private SourceWatch(SourceLoad load, Duration every, Patience patience, Consumer<String> told) {
        this.load = load;
        this.every = every;
        this.patience = patience;
        this.told = told;
    }

    /**
     * Begins.
     *
     * @param load is closed by this
     * @param told why reading waits, each time it begins to; an empty text when it goes on
     */
    public static SourceWatch begin(SourceLoad load, Duration every, Patience patience, Consumer<String> told) {
        SourceWatch watch = new SourceWatch(load, every, patience, told);
        Thread thread = new Thread(watch::watch, "source watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    @Override
    public void row() throws IOException {
        if (busy) {
            patience.waitWhile(() -> busy);
        }
    }

    private void watch() {
        try {
            while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                Optional<String> above = load.ask().above();
                if (above.isPresent() != busy && closed.getCount() > 0) {
                    busy = above.isPresent();
                    tell(above.orElse(""));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy = false;
            load.close();
        }
    }

    private void tell(String reason) {
        try {
            told.accept(reason);
        } catch (RuntimeException e) {
            LOG.debug(
                    "Nobody could be told that reading waits: {}",
                    e.toString()); // whether the table is ours is asked elsewhere
        }
    }

    /** Ends it; returns at once. */
    @Override
    public void close() {
        closed.countDown();
    }
}
