package dev.caravan.cli.mirrors;

import dev.caravan.cli.runs.RunSummary;
import dev.caravan.cli.shell.Page;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list says of a mirror.
 *
 * @param from the table or the query in Redshift
 * @param fresh the time of the newest run that is complete; absent if none is
 * @param next when it runs next; absent if only when it is told to
 * @param last its newest run; absent if there is none
 */
record MirrorSummary(
        String mirror,
        String source,
        String from,
        String target,
        String targetTable,
        @Nullable Instant fresh,
        @Nullable Instant next,
        @Nullable RunSummary last,
        boolean paused) {
    static final List<String> COLUMNS =
            List.of("MIRROR", "SOURCE", "TARGET", "TARGET TABLE", "LAST RUN", "STATUS", "FRESH", "NEXT RUN", "NOTE");

    static MirrorSummary of(TableMirror mirror, MirrorBook book, boolean paused, Instant now) {
        return new MirrorSummary(
                mirror.name(),
                mirror.source(),
                mirror.from(),
                mirror.target(),
                String.join(".", mirror.targetTable()),
                book.fresh(mirror.name()).orElse(null),
                MirrorBook.next(mirror, now).orElse(null),
                book.newest(mirror.name(), 1).stream()
                        .findFirst()
                        .map(run -> RunSummary.of(run, MirrorBook.options(run)))
                        .orElse(null),
                paused);
    }

    /** A text for each of the {@link #COLUMNS}. */
    List<String> row(Instant now) {
        return List.of(
                mirror,
                source,
                target,
                targetTable,
                last == null ? "-" : Page.age(last.planned(), now) + " ago",
                last == null ? "-" : last.state(),
                fresh == null ? "-" : Page.age(fresh, now),
                paused ? "paused" : next == null ? "-" : "in " + Page.age(now, next),
                last == null ? "" : last.note());
    }
}
