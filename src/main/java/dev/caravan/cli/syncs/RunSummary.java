package dev.caravan.cli.syncs;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run, for people.
 *
 * @param planned the time that it is for
 * @param ended absent while it runs
 * @param note why it waits, or how it ended
 * @param asked what it was asked for, if that isn't what the sync says
 */
record RunSummary(
        String run,
        Instant planned,
        String status,
        String stage,
        @Nullable Instant ended,
        Map<String, Long> counts,
        String note,
        String asked) {

    static RunSummary of(Run run) {
        boolean over = run.status() != RunStatus.RUNNING;
        return new RunSummary(
                run.id(),
                run.planned(),
                run.status().word(),
                run.stage(),
                over ? run.time() : null,
                run.counts(),
                run.reason(),
                SyncBook.options(run).orElse(""));
    }

    /** {@code complete}, or {@code running: extract}. */
    String state() {
        return ended == null ? status + ": " + stage : status;
    }
}
