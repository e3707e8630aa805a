package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.work.run.RunText;
import java.util.List;
import java.util.Optional;

/**
 * What a run is to do, decided when it begins.
 *
 * @param full whether all rows are taken, whatever the sync's mode is
 * @param tables the source's tables, {@code schema.table}; empty for all of the sync's
 * @param planning the attempt whose units count; 0 before they are planned
 */
public record RunOptions(boolean full, List<String> tables, int planning) {
    public RunOptions {
        tables = List.copyOf(tables);
    }

    /** As the sync says. */
    public static final RunOptions PLANNED = new RunOptions(false, List.of(), 0);

    static RunOptions of(String plan) {
        return plan.isEmpty() ? PLANNED : RunText.read(plan, RunOptions.class);
    }

    public String text() {
        return RunText.write(this);
    }

    RunOptions planned(int attempt) {
        return new RunOptions(full, tables, attempt);
    }

    /** In words; empty if there is nothing to say. */
    Optional<String> inWords() {
        String words = (full ? "all rows" : "") + (tables.isEmpty() ? "" : " of " + String.join(", ", tables));
        return words.isEmpty() ? Optional.empty() : Optional.of(words.strip());
    }
}
