package dev.caravan.ledger.read;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.BatchRecord;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is to be said of a batch in a few words: what it waits for, or why it failed. */
public final class BatchNote {
    private BatchNote() {}

    public static String of(BatchRecord record, Waits waits) {
        Batch batch = record.batch();
        return switch (batch.status()) {
            case OPEN -> "due " + batch.due().truncatedTo(ChronoUnit.SECONDS);
            case LOCKED -> waiting(record, waits);
            case COMPLETE -> leftOut(batch);
            case ERROR -> failures(batch);
        };
    }

    private static String leftOut(Batch batch) {
        return Stream.of(
                        batch.isMadeGood() ? "failed; other batches have loaded its files since" : "",
                        batch.quarantined() == 0 ? "" : batch.quarantined() + " quarantined",
                        batch.superseded() == 0 ? "" : batch.superseded() + " superseded")
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String waiting(BatchRecord record, Waits waits) {
        Batch batch = record.batch();
        String reason = batch.reason();
        if (record.owner().isPresent()) {
            return "stage " + batch.stage().word() + (reason.isEmpty() ? "" : ", before: " + reason);
        }
        return record.heldFor().isPresent()
                ? waits.inWords(record.heldFor().get(), reason)
                : "again at " + record.time().truncatedTo(ChronoUnit.SECONDS) + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** Why it is not loaded, for each cluster that refused it. */
    public static String failures(Batch batch) {
        return batch.status() == BatchStatus.ERROR ? batch.failures() : "";
    }
}
