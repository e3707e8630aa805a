package dev.caravan.operate.jmx;

import dev.caravan.base.Shown;
import dev.caravan.ledger.runs.Run;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.run.TableState;
import java.util.List;
import java.util.function.Function;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/** Runs and their tables as rows, in their order, as {@link BatchRows} has batches. */
final class SyncRows {
    private static final String[] TABLE = {
        "table", "state", "rows", "deleted", "expectedRows", "rowsPerSecond", "bytes", "attempt", "note"
    };
    private static final String[] TABLE_MEANINGS = {
        "the table, in the source",
        "waiting, reading, read or failed",
        "rows that were read; while it is being read so far, as was said last with its lease",
        "rows that its load has deleted from Redshift by keys; 0 before the run has ended",
        "while it is being read, how many rows there are to read, about, by the source's statistics; 0 if nobody knows",
        "while it is being read, how fast that goes; else 0",
        "bytes of their parts",
        "how many times an instance has taken it",
        "why it failed, and what a person should know of it"
    };
    private static final OpenType<?>[] TABLE_TYPES = {
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.LONG,
        SimpleType.LONG,
        SimpleType.LONG,
        SimpleType.LONG,
        SimpleType.LONG,
        SimpleType.INTEGER,
        SimpleType.STRING
    };

    private static final String[] RUN = {
        "id", "status", "planned", "ended", "rows", "deleted", "asked", "reason", "tables"
    };
    private static final String[] RUN_MEANINGS = {
        "the run's id",
        "running with its stage, complete or error",
        "the time that it is for",
        "when it ended; empty before",
        "rows that were read, in all tables together; 0 before it has ended",
        "rows that its loads have deleted from Redshift by keys; 0 before it has ended",
        "what it was asked for; empty if it does what the sync says",
        "why it waits, or how it ended",
        "its tables"
    };

    private SyncRows() {}

    static CompositeData[] tables(List<TableState> tables) {
        try {
            CompositeType type = tableType();
            CompositeData[] rows = new CompositeData[tables.size()];
            for (int i = 0; i < rows.length; i++) {
                TableState table = tables.get(i);
                rows[i] = new CompositeDataSupport(type, TABLE, new Object[] {
                    table.table(),
                    table.state(),
                    table.rows(),
                    table.deleted() == null ? 0L : table.deleted(),
                    table.expectedRows(),
                    table.rowsPerSecond(),
                    table.bytes(),
                    table.attempt(),
                    Shown.line(String.join("; ", table.notes()))
                });
            }
            return rows;
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param tables of a run */
    static CompositeData[] runs(List<Run> runs, Function<Run, List<TableState>> tables) {
        try {
            CompositeType type = new CompositeType("Run", "A run of a sync", RUN, RUN_MEANINGS, new OpenType<?>[] {
                SimpleType.STRING,
                SimpleType.STRING,
                SimpleType.STRING,
                SimpleType.STRING,
                SimpleType.LONG,
                SimpleType.LONG,
                SimpleType.STRING,
                SimpleType.STRING,
                new ArrayType<CompositeData[]>(1, tableType())
            });
            CompositeData[] rows = new CompositeData[runs.size()];
            for (int i = 0; i < rows.length; i++) {
                Run run = runs.get(i);
                rows[i] = new CompositeDataSupport(type, RUN, new Object[] {
                    run.id(),
                    RunRows.status(run),
                    run.planned().toString(),
                    RunRows.ended(run),
                    RunRows.count(run, "rows"),
                    RunRows.count(run, "deleted"),
                    SyncBook.options(run).orElse(""),
                    Shown.line(run.reason()),
                    tables(tables.apply(run))
                });
            }
            return rows;
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompositeType tableType() throws OpenDataException {
        return new CompositeType("Table", "A table of a run", TABLE, TABLE_MEANINGS, TABLE_TYPES);
    }
}
