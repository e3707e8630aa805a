package dev.caravan.ledger.notes;

import dev.caravan.base.OutOfMemory;
import dev.caravan.ledger.LedgerUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the ledger that this instance runs, from when its routes have started until it is stopped, and what it has counted meanwhile. */
public final class Presence extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    /** A stop waits no longer for the last word: an instance that can't give it is taken for dead after a while. */
    private static final Duration LAST_WORD = Duration.ofSeconds(3);

    private final Instances instances;
    private final UnmatchedObjects unmatched;
    private final String version;
    private @Nullable ScheduledExecutorService thread;
    private volatile @Nullable Instant started;

    /** @param version Caravan's */
    public Presence(Instances instances, UnmatchedObjects unmatched, String version) {
        this.instances = instances;
        this.unmatched = unmatched;
        this.version = version;
    }

    /** The routes have started. */
    public synchronized void begin() {
        if (thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread daemon = new Thread(task, "CaravanPresence");
                daemon.setDaemon(true);
                return daemon;
            });
            var unused = thread.scheduleWithFixedDelay(this::beat, 0, Instances.BEAT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void beat() {
        try {
            Instant since = started;
            if (since == null) {
                started = instances.begin(version);
            } else {
                instances.beat(version, since);
            }
            unmatched.write();
        } catch (LedgerUnavailable e) {
            LOG.debug("{}", e.getMessage()); // the recovery scan tells
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIf(e);
            LOG.warn("Can't say that this instance runs: {}", e.toString());
        }
    }

    private void lastWord() {
        Instant since = started;
        if (since != null) {
            instances.end(version, since);
        }
        unmatched.write();
    }

    @Override
    protected synchronized void doStop() {
        ScheduledExecutorService running = thread;
        if (running == null) {
            return;
        }
        thread = null;
        Future<?> last = running.submit(this::lastWord);
        running.shutdown();
        try {
            last.get(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.info(
                    "The ledger can't be told that this instance has stopped: it is taken for one that runs for a minute");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.shutdownNow();
        }
    }
}
