package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.base.Quantity;
import dev.caravan.database.Databases;
import dev.caravan.pipeline.tabletoredshift.pace.SourceLoad;
import dev.caravan.pipeline.tabletoredshift.parallel.Splitting;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableSize;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person should know of how hard a source is asked, before it is. */
final class PaceWarnings {
    private PaceWarnings() {}

    /** @param allRows whether all of the table's rows are read, and not only those that have changed */
    static List<String> of(Databases sources, TableSync sync, SourceTable table, TableSize size, boolean allRows) {
        List<String> warnings = new ArrayList<>();
        if (allRows) {
            tooSlow(sync, table.id() + ": at", "its about", size.rows()).ifPresent(warnings::add);
        }
        String one = Splitting.of(table, size, sync.parallel(), allRows).reason();
        if (!one.isEmpty()) {
            warnings.add(
                    table.id() + ": read by one connection, and not by " + sync.parallel() + " (parallel), for " + one);
        }
        if (!sync.stopAbove().isNothing()) {
            try (SourceLoad load = new SourceLoad(() -> sources.connect(sync.source()), sync.stopAbove())) {
                SourceLoad.Answer answer = load.ask();
                answer.above().ifPresent(reason -> warnings.add("a run would wait now: " + reason));
                warnings.addAll(answer.denied());
                warnings.addAll(answer.silent());
            }
        }
        return warnings;
    }

    /** Whether rows take longer than a snapshot may, in words. */
    private static Optional<String> tooSlow(TableSync sync, String at, String about, long rows) {
        if (sync.maxRate().isEmpty() || rows <= 0) {
            return Optional.empty();
        }
        int rate = sync.maxRate().getAsInt();
        Duration needed = Duration.ofSeconds(rows / rate);
        return needed.compareTo(sync.maxSnapshot()) <= 0
                ? Optional.empty()
                : Optional.of(at + " " + Quantity.count(rate, "row") + " a second (maxRate), " + about + " "
                        + Quantity.count(rows, "row") + " take " + Quantity.inWords(needed)
                        + ", longer than the source may have to keep one moment of itself (maxSnapshot: "
                        + Quantity.inWords(sync.maxSnapshot())
                        + "): it would fail. Write a larger maxRate or a longer maxSnapshot");
    }

    /** Of tables that are read one after the other in one snapshot. */
    static Optional<String> together(TableSync sync, long rows) {
        return tooSlow(sync, "At", "the about", rows);
    }
}
