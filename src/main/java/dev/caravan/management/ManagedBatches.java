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
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** The MBean of all batches. */
@ManagedResource(description = "Batches: the newest, those that failed, and how to reprocess and unlock one")
public final class ManagedBatches {
    private final LedgerView view;
    private final LedgerReader reader;
    private final BatchSteering steering;

    ManagedBatches(LedgerView view, LedgerReader reader, BatchSteering steering) {
        this.view = view;
        this.reader = reader;
        this.steering = steering;
    }

    @ManagedAttribute(description = "The 20 newest batches of all feeds")
    public TabularData getRecent() {
        return BatchRows.of(view.newest());
    }

    @ManagedAttribute(description = "The 20 newest batches that have failed and want to be reprocessed")
    public TabularData getFailed() {
        return BatchRows.of(view.failed());
    }

    @ManagedOperation(
            description =
                    "Loads a failed batch again, into the clusters that don't hold it; what is loaded stays, and comes in once")
    public String reprocess(String id) {
        Optional<BatchRecord> found = reader.find(id.strip());
        if (found.isEmpty()) {
            return unknown(id);
        }
        Batch batch = found.get().batch();
        if (batch.status() != BatchStatus.ERROR) {
            return "Batch " + batch.id() + " is " + batch.status().word()
                    + ": only one that has failed can be reprocessed here";
        }
        try {
            steering.reprocess(batch, batch.outcomes().keySet(), List.of());
        } catch (Conflict e) {
            return "Nothing is reprocessed: " + e.getMessage();
        }
        view.forget();
        return "Batch " + batch.id() + " is locked again, and a running instance loads it now";
    }

    @ManagedOperation(
            description =
                    "Frees a locked batch, whether an instance works on it or it waits: any instance takes it up now")
    public String unlock(String id) {
        if (reader.find(id.strip()).isEmpty()) {
            return unknown(id);
        }
        try {
            steering.unlock(id.strip());
        } catch (Conflict e) {
            return "Nothing is unlocked: " + e.getMessage();
        }
        view.forget();
        return "Batch " + id.strip() + " is free: any instance takes it up now";
    }

    private static String unknown(String id) {
        return "There is no batch '" + id.strip() + "'";
    }
}
