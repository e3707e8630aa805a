package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.database.Databases;
import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.verify.Verification;
import dev.caravan.pipeline.tabletoredshift.verify.VerifyResult;
import dev.caravan.redshift.target.WriteMode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Compares a table with what a cluster has of it, as a sync would load it. */
public final class TableComparison {
    private final Databases sources;
    private final ClusterTables clusters;

    public TableComparison(Databases sources, ClusterTables clusters) {
        this.sources = sources;
        this.clusters = clusters;
    }

    /**
     * Compares all rows that the sync takes.
     *
     * @throws TableRefused if the table can't be synced, or the cluster's lacks columns
     */
    public VerifyResult compare(TableSync sync, TableId id, String cluster)
            throws IOException, SQLException, TableRefused, ValueRefused {
        try (Snapshot snapshot = Snapshot.begin(sources.connect(sync.source()))) {
            SourceTable table = snapshot.catalog(sync.statement())
                    .table(id)
                    .orElseThrow(() -> new TableRefused(id + " can't be read by the source's user"));
            TableShape shape = TableShape.of(sync, table, WriteMode.REPLACE);
            List<String> keys = sync.keys().isEmpty() ? table.primaryKey() : sync.keys();
            List<String> names =
                    shape.columns().stream().map(column -> column.name()).toList();
            try (Connection connection = clusters.connect(cluster)) {
                List<String> lacking = clusters.lacking(connection, sync, shape.target());
                if (!lacking.isEmpty()) {
                    throw new TableRefused(
                            id + ": cluster " + cluster + " doesn't have it as it is in the source: the next run"
                                    + " would give " + String.join("; ", lacking));
                }
                return Verification.of(
                        snapshot,
                        new Selection(shape.source(), shape.columns(), DeletedRows.all(sync, table.kind())),
                        sync.policies(),
                        connection,
                        shape.target().name(),
                        names.containsAll(keys) ? keys : List.of());
            }
        }
    }
}
