package dev.caravan.operate.jmx;

import dev.caravan.base.Shown;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;
import java.util.List;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/** What rows say of runs, and the rows of a mirror's runs, in their order. */
final class RunRows {
    private static final String[] NAMES = {
        "id", "status", "planned", "ended", "inserted", "updated", "deleted", "rows", "asked", "reason"
    };
    private static final String[] MEANINGS = {
        "the run's id",
        "running with its stage, complete or error",
        "the time that it is for",
        "when it ended; empty before",
        "rows that were inserted; 0 before it has ended, like the next three",
        "rows that were updated",
        "rows that were deleted",
        "rows of the mirror afterwards",
        "what it was asked for; empty if it does what the mirror says",
        "why it waits, or how it ended"
    };
    private static final OpenType<?>[] TYPES = {
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.LONG,
        SimpleType.LONG,
        SimpleType.LONG,
        SimpleType.LONG,
        SimpleType.STRING,
        SimpleType.STRING
    };

    private RunRows() {}

    static CompositeData[] ofMirror(List<Run> runs) {
        try {
            CompositeType type = new CompositeType("MirrorRun", "A run of a mirror", NAMES, MEANINGS, TYPES);
            CompositeData[] rows = new CompositeData[runs.size()];
            for (int i = 0; i < rows.length; i++) {
                Run run = runs.get(i);
                rows[i] = new CompositeDataSupport(type, NAMES, new Object[] {
                    run.id(),
                    status(run),
                    run.planned().toString(),
                    ended(run),
                    count(run, "inserted"),
                    count(run, "updated"),
                    count(run, "deleted"),
                    count(run, "rows"),
                    MirrorBook.options(run).orElse(""),
                    Shown.line(run.reason())
                });
            }
            return rows;
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code complete}, or {@code running: extract}. */
    static String status(Run run) {
        return run.status() == RunStatus.RUNNING
                ? run.status().word() + ": " + run.stage()
                : run.status().word();
    }

    static String ended(Run run) {
        return run.status() == RunStatus.RUNNING ? "" : run.time().toString();
    }

    static long count(Run run, String name) {
        return run.counts().getOrDefault(name, 0L);
    }
}
