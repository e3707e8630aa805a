package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.base.Shown;
import dev.caravan.database.Databases;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.source.TableSize;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.target.DiskSpace;
import dev.caravan.pipeline.tabletoredshift.target.TargetTable;
import dev.caravan.redshift.target.WriteMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what a run would do with a table, and changes nothing, neither in the source nor in a cluster. */
public final class TablePlanner {
    private final Databases sources;
    private final ClusterTables clusters;

    public TablePlanner(Databases sources, ClusterTables clusters) {
        this.sources = sources;
        this.clusters = clusters;
    }

    /** @param full whether all rows would be taken, whatever the sync's mode is */
    public TablePlan plan(TableSync sync, TableId id, boolean full) throws SQLException {
        WriteMode mode = sync.writeMode(full);
        try (Connection connection = sources.connect(sync.source())) {
            TableSize size = sync.statement().isPresent() ? TableSize.UNKNOWN : TableSize.of(connection, id);
            try (Snapshot snapshot = Snapshot.begin(connection)) {
                SourceTable table = snapshot.catalog(sync.statement())
                        .table(id)
                        .orElseThrow(() -> new TableRefused(id + " can't be read by the source's user"));
                TableShape shape = TableShape.of(sync, table, mode);
                List<String> warnings =
                        new ArrayList<>(PaceWarnings.of(sources, sync, table, size, sync.takesAll(full)));
                Map<String, List<String>> statements = new LinkedHashMap<>();
                String where = sync.where();
                for (String cluster : sync.clusters()) {
                    try (Connection target = clusters.connect(cluster)) {
                        List<String> lacking = clusters.lacking(target, sync, shape.target());
                        statements.put(cluster, lacking);
                        String reached = clusters.reached(
                                        target, sync, shape.target(), TableExtraction.progressName(sync, id), lacking)
                                .value();
                        RowsWanted wanted = RowsWanted.of(sync, table, snapshot, mode, full, reached);
                        where = wanted.where();
                        wanted.warnings().stream()
                                .filter(w -> !warnings.contains(w))
                                .forEach(warnings::add);
                        space(target, shape.target(), size, warnings);
                    }
                }
                return new TablePlan(
                        id.toString(),
                        shape.target().name().text(),
                        mode.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        shape.keys(),
                        shape.columnsInRedshift(),
                        where,
                        DeletedRows.inWords(sync, shape.keys(), mode),
                        statements,
                        size.rows(),
                        size.bytes(),
                        warnings,
                        "");
            } catch (TableRefused e) {
                return TablePlan.refused(id.toString(), Shown.line(String.valueOf(e.getMessage())));
            }
        }
    }

    private static void space(Connection cluster, TargetTable table, TableSize size, List<String> warnings)
            throws SQLException {
        if (size.bytes() > 0
                && DiskSpace.of(cluster, table.name(), size.bytes()) instanceof DiskSpace.Missing missing) {
            warnings.add(missing.sentence());
        }
    }
}
