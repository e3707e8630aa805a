package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.redshift.target.WriteMode;
import java.sql.SQLException;
import java.util.List;

/**
 * Which rows a run takes of a table.
 *
 * @param where in the source's SQL; empty for all
 * @param value what a cluster notes when it has them: the next run begins there
 * @param warnings what a person should know
 */
record RowsWanted(String where, String value, List<String> warnings) {
    static RowsWanted of(
            TableSync sync, SourceTable table, Snapshot snapshot, WriteMode mode, boolean full, String reached)
            throws SQLException, TableRefused {
        return new RowsWanted(sync.where(), "", List.of());
    }
}
