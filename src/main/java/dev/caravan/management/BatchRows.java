package dev.caravan.management;

import dev.caravan.batch.Batch;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.outcome.Outcome;
import dev.caravan.text.Shown;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/** Batches as a table, a row for each. */
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
        "what it waits for, or why it failed"
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

    static TabularData of(List<BatchRecord> records) {
        try {
            CompositeType row = new CompositeType("Batch", "A batch", COLUMNS, MEANINGS, TYPES);
            TabularData table = new TabularDataSupport(
                    new TabularType("Batches", "Batches, by their ids", row, new String[] {"id"}));
            for (BatchRecord record : records) {
                Batch batch = record.batch();
                table.put(new CompositeDataSupport(row, COLUMNS, new Object[] {
                    batch.id(),
                    batch.feed(),
                    batch.status().word(),
                    batch.files(),
                    batch.bytes(),
                    rows(batch),
                    batch.attempt(),
                    batch.first().toString(),
                    record.ended().map(Instant::toString).orElse(""),
                    failures(record).isEmpty() ? Shown.line(batch.reason()) : failures(record)
                }));
            }
            return table;
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

    static String failures(BatchRecord record) {
        return record.batch().outcomes().values().stream()
                .flatMap(outcome -> outcome instanceof Outcome.Failed failed
                        ? Stream.of(failed.cluster() + ": " + Shown.line(failed.reason()))
                        : Stream.<String>empty())
                .sorted()
                .collect(Collectors.joining("; "));
    }
}
