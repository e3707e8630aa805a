package dev.caravan.operate.housekeeping;

import dev.caravan.batch.Batch;
import dev.caravan.batch.Progress;
import dev.caravan.outcome.Outcome;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.TableExtraction;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Which tables of a cluster a sync loads: what its patterns name only its source knows, so the newest batches tell which it has loaded. */
public final class SyncTables {
    /** A batch is one table of one run. */
    public static final int LOOKED_AT = 1_000;

    private final Function<TableSync, List<Batch>> newest;

    /** @param newest a sync's newest batches, {@link #LOOKED_AT} at most */
    public SyncTables(Function<TableSync, List<Batch>> newest) {
        this.newest = newest;
    }

    /** Texts that {@link dev.caravan.redshift.target.TableName#of} takes. */
    Set<String> of(TableSync sync, String cluster) {
        Set<String> tables = new TreeSet<>();
        for (Batch batch : newest.apply(sync)) {
            if (batch.outcomes().get(cluster) instanceof Outcome.Loaded) {
                batch.progress()
                        .map(Progress::name)
                        .flatMap(name -> TableExtraction.tableOf(sync, name))
                        .ifPresent(table -> tables.add(sync.target(table)));
            }
        }
        return tables;
    }
}
