package dev.caravan.cli.runs;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run, for people.
 *
 * @param planned the time that it is for
 * @param ended absent while it runs
 * @param note why it waits, or how it ended
 * @param asked what it was asked for, if that isn't what its bean says; empty if it is
 */
public record RunSummary(
        String run,
        Instant planned,
        String status,
        String stage,
        @Nullable Instant ended,
        Map<String, Long> counts,
        String note,
        String asked) {

    /** @param asked what it was asked for, in words, if anything */
    public static RunSummary of(Run run, Optional<String> asked) {
        boolean over = run.status() != RunStatus.RUNNING;
        return new RunSummary(
                run.id(),
                run.planned(),
                run.status().word(),
                run.stage(),
                over ? run.time() : null,
                run.counts(),
                run.reason(),
                asked.orElse(""));
    }

    /** {@code complete}, or {@code running: extract}. */
    public String state() {
        return ended == null ? status + ": " + stage : status;
    }

    /** What it was asked for, and its note. */
    public String remark() {
        return asked.isEmpty() ? note : asked + (note.isEmpty() ? "" : "; " + note);
    }

    /** One of its counts; 0 before it has ended. */
    public String count(String name) {
        return Long.toString(counts.getOrDefault(name, 0L));
    }
}
