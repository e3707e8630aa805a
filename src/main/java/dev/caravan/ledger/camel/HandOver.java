package dev.caravan.ledger.camel;

import dev.caravan.base.Quantity;
import dev.caravan.batch.LogContext;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.Ledger;
import dev.caravan.work.Leases;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of unfinished batches when this instance stops: they are any other instance's at once, without waiting for the lease to run out. */
final class HandOver {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbAggregationRepository.class);

    /** Batches that are handed over at a time, and for how long that is tried: Kubernetes kills after 30 s in all. */
    private static final int HANDS = 32;

    private static final Duration AT_MOST = Duration.ofSeconds(6);

    private final Ledger ledger;
    private final Leases leases;

    HandOver(Ledger ledger, Leases leases) {
        this.ledger = ledger;
        this.leases = leases;
    }

    /** @param waited whether the stop has waited for a batch */
    void all(boolean waited) {
        Set<String> unfinished = leases.ids();
        if (unfinished.isEmpty()) {
            if (waited) {
                LOG.info("Stopped: every batch that was being loaded is finished");
            }
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(HANDS, unfinished.size()));
        unfinished.forEach(id -> threads.execute(() -> one(id)));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "Stopping, though {} not be handed over in {}: what is left is taken up when its lease has run out",
                        Quantity.count(leases.count(), "batch could", "batches could"),
                        Quantity.inWords(AT_MOST));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private void one(String id) {
        LogContext names = LogContext.of(id, BatchId.feed(id));
        try {
            ledger.handOver(id);
            LOG.warn("Batch {} is not finished and handed over: another instance takes it up now", id);
            leases.release(id);
        } catch (RuntimeException e) {
            LOG.warn("Batch {} is not finished: another instance takes it up when its lease has run out", id);
        } finally {
            names.close();
        }
    }
}
