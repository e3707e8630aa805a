package dev.caravan.cli.syncs;

import dev.caravan.cli.runs.RunSummary;
import dev.caravan.cli.shell.Page;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a list says of a sync.
 *
 * @param next when it runs next; absent if only when it is told to
 * @param last its newest run; absent if there is none
 */
record SyncSummary(
        String sync,
        String source,
        String tables,
        String mode,
        List<String> clusters,
        @Nullable Instant next,
        @Nullable RunSummary last,
        boolean paused) {
    static final List<String> COLUMNS =
            List.of("SYNC", "SOURCE", "TABLES", "MODE", "CLUSTERS", "LAST RUN", "STATUS", "ROWS", "NEXT RUN", "NOTE");

    static SyncSummary of(TableSync sync, SyncBook book, boolean paused, Instant now) {
        return new SyncSummary(
                sync.name(),
                sync.source(),
                sync.patterns(),
                sync.mode().name().toLowerCase(Locale.ROOT),
                sync.clusters(),
                SyncBook.next(sync, now).orElse(null),
                book.newest(sync.name(), 1).stream()
                        .findFirst()
                        .map(run -> RunSummary.of(run, SyncBook.options(run)))
                        .orElse(null),
                paused);
    }

    /** A text for each of the {@link #COLUMNS}. */
    List<String> row(Instant now) {
        return List.of(
                sync,
                source,
                tables,
                mode,
                String.join(", ", clusters),
                last == null ? "-" : Page.age(last.planned(), now) + " ago",
                last == null ? "-" : last.state(),
                last == null ? "-" : last.count("rows"),
                paused ? "paused" : next == null ? "-" : "in " + Page.age(now, next),
                last == null ? "" : last.note());
    }
}
