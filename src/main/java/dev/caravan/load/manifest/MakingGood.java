package dev.caravan.load.manifest;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes failed batches complete whose files other batches have loaded since. That can only have become so when a batch of the same feed is loaded: soon after
 * one, and once at the start for what ended while nobody was there, this instance looks at the feed's failed batches.
 */
public final class MakingGood {
    private static final Logger LOG = LoggerFactory.getLogger(MakingGood.class);

    /** Batches that end within it share a look, which by then finds them in the index. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final LaterLoads later;
    private final Clock clock;
    private final Set<String> feeds = new HashSet<>();

    public MakingGood(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
        later = new LaterLoads(ledger);
    }

    /** Looks once at all feeds, after a pause. */
    public void begin(ScheduledExecutorService thread) {
        plan(thread, () -> look(feed -> true));
    }

    /** A batch of this instance has come to its end. */
    public void ended(Batch batch, ScheduledExecutorService thread) {
        if (batch.status() == BatchStatus.COMPLETE && isFirst(batch.feed())) {
            plan(thread, () -> look(planned()::contains));
        }
    }

    private synchronized boolean isFirst(String feed) {
        return feeds.add(feed) && feeds.size() == 1;
    }

    private synchronized Set<String> planned() {
        Set<String> all = Set.copyOf(feeds);
        feeds.clear();
        return all;
    }

    private static void plan(ScheduledExecutorService thread, Runnable look) {
        try {
            var unused = thread.schedule(look, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("This instance stops: the next one looks for batches that others have made good");
        }
    }

    /** Looks at the failed batches of some feeds; what goes wrong has another chance at the next look. For one thread. */
    public void look(Predicate<String> of) {
        try {
            for (String id : ledger.failed(of, clock.instant())) {
                Optional<Batch> failed = ledger.find(id).filter(batch -> batch.status() == BatchStatus.ERROR);
                if (failed.isPresent() && later.hold(failed.get())) {
                    makeGood(failed.get());
                }
            }
        } catch (LedgerUnavailable e) {
            LOG.debug("Can't look for batches that others have made good: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("Can't look for batches that others have made good: {}", e.toString());
        }
    }

    private void makeGood(Batch failed) {
        String clusters = String.join(", ", failed.refusals());
        try {
            ledger.makeGood(failed, "other batches have loaded all of its files into " + clusters);
            LOG.info(
                    "Batch {} is made good: other batches have loaded all of its files into {}", failed.id(), clusters);
        } catch (Conflict e) {
            LOG.debug("{}", e.getMessage());
        }
    }
}
