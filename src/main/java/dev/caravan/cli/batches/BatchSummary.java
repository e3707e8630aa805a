package dev.caravan.cli.batches;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.cli.shell.Page;
import dev.caravan.cli.shell.Table;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.BatchNote;
import dev.caravan.ledger.read.Waits;
import java.time.Instant;
import java.util.List;

/**
 * What a list says of a batch.
 *
 * @param quarantined files that were set aside, counted once for each cluster that refused one
 * @param note what it waits for, or why it failed; empty if there is nothing to say
 */
public record BatchSummary(
        String id,
        String feed,
        String status,
        String stage,
        long files,
        long bytes,
        int quarantined,
        int attempt,
        Instant first,
        Instant due,
        String note) {
    private static final int LONGEST_NOTE = 120;
    static final List<String> COLUMNS = List.of("BATCH", "FEED", "STATUS", "FILES", "SIZE", "AGE", "NOTE");

    public static BatchSummary of(BatchRecord record, Waits waits) {
        Batch batch = record.batch();
        return new BatchSummary(
                batch.id(),
                batch.feed(),
                batch.status().word(),
                batch.stage().word(),
                batch.files(),
                batch.bytes(),
                batch.quarantined(),
                batch.attempt(),
                batch.first(),
                batch.due(),
                BatchNote.of(record, waits));
    }

    /** A text for each of the {@link #COLUMNS}. */
    List<String> row(Instant now) {
        return List.of(
                id, feed, status, Long.toString(files), Quantity.inBytes(bytes), Page.age(first, now), shortened(note));
    }

    /** What goes on for longer is told by describe batch, and as JSON. */
    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_NOTE ? line : line.substring(0, LONGEST_NOTE - 1) + "…";
    }

    /** A table of them; no lines if there are none. */
    public static List<String> table(List<BatchSummary> batches, Instant now) {
        return batches.isEmpty()
                ? List.of()
                : new Table(
                                COLUMNS,
                                batches.stream().map(batch -> batch.row(now)).toList())
                        .lines();
    }
}
