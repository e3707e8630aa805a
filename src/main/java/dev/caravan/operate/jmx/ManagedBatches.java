package dev.caravan.operate.jmx;

import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.operate.steer.Operator;
import dev.caravan.operate.steer.Refused;
import dev.caravan.operate.steer.Reprocessor;
import java.util.Optional;
import java.util.Set;
import javax.management.openmbean.CompositeData;

/** The batches, as the ledger has them. */
final class ManagedBatches implements BatchesMBean {
    private final LedgerView view;
    private final LedgerReader reader;
    private final Reprocessor reprocessor;
    private final Operator operator;

    ManagedBatches(LedgerView view, LedgerReader reader, Reprocessor reprocessor, Operator operator) {
        this.view = view;
        this.reader = reader;
        this.reprocessor = reprocessor;
        this.operator = operator;
    }

    @Override
    public CompositeData[] getRecent() {
        return BatchRows.of(view.newest());
    }

    @Override
    public CompositeData[] getFailed() {
        return BatchRows.of(view.failed());
    }

    @Override
    public String reprocess(String batchId) {
        return done(
                batchId, record -> reprocessor.reprocess(reprocessor.plan(record.batch(), Optional.empty(), Set.of())));
    }

    @Override
    public String unlock(String batchId) {
        return done(batchId, operator::unlock);
    }

    private interface Operation {
        String on(BatchRecord record) throws Refused;
    }

    /** The same words that a command says, or why it is refused. */
    private String done(String batchId, Operation operation) {
        Optional<BatchRecord> found = reader.find(batchId.strip());
        if (found.isEmpty()) {
            return "there is no batch '" + batchId.strip() + "'";
        }
        try {
            String said = operation.on(found.get());
            view.forget();
            return said;
        } catch (Refused e) {
            return e.inWords();
        }
    }
}
