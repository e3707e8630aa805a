package dev.caravan.management;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.BatchSteering;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.LedgerReader;
import java.util.List;
import java.util.Optional;
import javax.management.openmbean.TabularData;

/** The batches, as the ledger has them. */
final class ManagedBatches implements BatchesMBean {
    private final LedgerView view;
    private final LedgerReader reader;
    private final BatchSteering steering;

    ManagedBatches(LedgerView view, LedgerReader reader, BatchSteering steering) {
        this.view = view;
        this.reader = reader;
        this.steering = steering;
    }

    @Override
    public TabularData getRecent() {
        return BatchRows.of(view.newest());
    }

    @Override
    public TabularData getFailed() {
        return BatchRows.of(view.failed());
    }

    @Override
    public String reprocess(String batchId) {
        Optional<BatchRecord> found = reader.find(batchId.strip());
        if (found.isEmpty()) {
            return unknown(batchId);
        }
        Batch batch = found.get().batch();
        if (batch.status() != BatchStatus.ERROR) {
            return "Batch " + batch.id() + " is " + batch.status().word()
                    + ": only one that has failed can be reprocessed here";
        }
        try {
            Batch whole = steering.release(
                    batch, steering.returning(batch, batch.outcomes().keySet()));
            steering.reprocess(whole, batch.outcomes().keySet(), List.of());
        } catch (Conflict e) {
            return "Nothing is reprocessed: " + e.getMessage();
        }
        view.forget();
        return "Batch " + batch.id() + " is locked again, and a running instance loads it now";
    }

    @Override
    public String unlock(String batchId) {
        if (reader.find(batchId.strip()).isEmpty()) {
            return unknown(batchId);
        }
        try {
            steering.unlock(batchId.strip());
        } catch (Conflict e) {
            return "Nothing is unlocked: " + e.getMessage();
        }
        view.forget();
        return "Batch " + batchId.strip() + " is free: any instance takes it up now";
    }

    private static String unknown(String batchId) {
        return "There is no batch '" + batchId.strip() + "'";
    }
}
