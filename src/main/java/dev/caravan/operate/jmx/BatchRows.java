package dev.caravan.operate.jmx;

import dev.caravan.base.Shown;
import dev.caravan.batch.Batch;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.BatchNote;
import dev.caravan.outcome.Outcome;
import java.time.Instant;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/** Batches as rows, in their order: a table over JMX has none in JSON, as Hawtio gets it. */
final class BatchRows {
    private static final String[] COLUMNS = {
        "id", "feed", "status", "files", "bytes", "rows", "attempt", "first", "ended", "note"
    };
    private static final String[] MEANINGS = {
        "the batch's id",
        "the feed's name",
        "open, locked, complete or error",
        "files in it",
        "their bytes",
        "rows loaded, in all clusters together",
        "how many times it was taken up for loading",
        "when its first file came",
        "when it ended; empty before",
        "what it waits for, why it failed, or what was left out of it, as list batches says it"
    };
    private static final OpenType<?>[] TYPES = {
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.LONG,
        SimpleType.LONG,
        SimpleType.LONG,
        SimpleType.INTEGER,
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.STRING
    };

    private BatchRows() {}

    static CompositeData[] of(LedgerView.Listed listed) {
        try {
            CompositeType type = new CompositeType("Batch", "A batch", COLUMNS, MEANINGS, TYPES);
            CompositeData[] rows = new CompositeData[listed.records().size()];
            for (int i = 0; i < rows.length; i++) {
                BatchRecord record = listed.records().get(i);
                Batch batch = record.batch();
                rows[i] = new CompositeDataSupport(type, COLUMNS, new Object[] {
                    batch.id(),
                    batch.feed(),
                    batch.status().word(),
                    batch.files(),
                    batch.bytes(),
                    rows(batch),
                    batch.attempt(),
                    batch.first().toString(),
                    record.ended().map(Instant::toString).orElse(""),
                    Shown.line(BatchNote.of(record, listed.waits()))
                });
            }
            return rows;
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In all clusters together. */
    static long rows(Batch batch) {
        return batch.outcomes().values().stream()
                .mapToLong(outcome -> outcome instanceof Outcome.Loaded loaded ? loaded.rows() : 0)
                .sum();
    }
}
