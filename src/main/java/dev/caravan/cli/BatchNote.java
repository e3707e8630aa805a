package dev.caravan.cli;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.WaitingList;
import dev.caravan.outcome.Outcome;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is to be said of a batch in a few words: what it waits for, or why it failed. */
final class BatchNote {
    private BatchNote() {}

    static String of(BatchRecord record) {
        Batch batch = record.batch();
        return switch (batch.status()) {
            case OPEN -> "due " + batch.due().truncatedTo(ChronoUnit.SECONDS);
            case LOCKED -> waiting(record);
            case COMPLETE -> leftOut(batch);
            case ERROR -> failures(batch);
        };
    }

    private static String leftOut(Batch batch) {
        return Stream.of(
                        batch.quarantined() == 0 ? "" : batch.quarantined() + " quarantined",
                        batch.superseded() == 0 ? "" : batch.superseded() + " superseded")
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String waiting(BatchRecord record) {
        Batch batch = record.batch();
        String reason = batch.reason();
        if (record.owner().isPresent()) {
            return "stage " + batch.stage().word() + (reason.isEmpty() ? "" : ", before: " + reason);
        }
        boolean paused = record.heldFor().flatMap(FeedPauses::feedWaitedFor).isPresent();
        return record.heldFor().isPresent()
                ? "waits"
                        + (paused
                                ? ""
                                : " for " + WaitingList.inWords(record.heldFor().get())) + ": " + reason
                : "again at " + record.time().truncatedTo(ChronoUnit.SECONDS) + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** Why it is not loaded, for each cluster that refused it. */
    static String failures(Batch batch) {
        return batch.status() != BatchStatus.ERROR
                ? ""
                : batch.outcomes().values().stream()
                        .flatMap(outcome -> outcome instanceof Outcome.Failed failed
                                ? Stream.of(failed.cluster() + ": " + failed.reason())
                                : Stream.<String>empty())
                        .sorted()
                        .collect(Collectors.joining("; "));
    }
}
