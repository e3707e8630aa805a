package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.extract.ExtractSettings;
import dev.caravan.pipeline.tabletoredshift.extract.Extracted;
import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.parallel.Connections;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.source.TableSize;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.redshift.target.WriteMode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One table of a source in a snapshot: which of its rows are taken for which clusters, each of which has the table that they are loaded into. */
final class TableInSnapshot {
    /** Compressed; COPY wants 1 MB to 1 GB ("Compressing your data files" in Redshift's guide). */
    private static final long PART_BYTES = 64L << 20;

    private final TableSync sync;
    private final Snapshot snapshot;
    private final ClusterTables clusters;
    private final boolean full;
    private final WriteMode mode;
    private final SourceTable table;
    private final TableShape shape;
    private final TableSize size;
    private final List<Group> groups;

    private TableInSnapshot(
            TableSync sync,
            Snapshot snapshot,
            ClusterTables clusters,
            boolean full,
            WriteMode mode,
            SourceTable table,
            TableShape shape,
            TableSize size,
            List<Group> groups) {
        this.sync = sync;
        this.snapshot = snapshot;
        this.clusters = clusters;
        this.full = full;
        this.mode = mode;
        this.table = table;
        this.shape = shape;
        this.size = size;
        this.groups = groups;
    }

    /** Clusters that are equally far. */
    private record Group(long step, List<String> clusters, RowsWanted wanted) {}

    /** Where parts are written. */
    interface Places {
        /** @param load tells this table's loads apart */
        S3Parts parts(String load);
    }

    /** @throws TableRefused if another attempt would end alike */
    static TableInSnapshot prepare(TableSync sync, TableId id, boolean full, Snapshot snapshot, ClusterTables clusters)
            throws SQLException, TableRefused, NoRoom {
        WriteMode mode = sync.writeMode(full);
        SourceTable table = snapshot.catalog(sync.statement())
                .table(id)
                .orElseThrow(() ->
                        new TableRefused(id + " isn't there any more, or the source's user may not" + " read it"));
        TableShape shape = TableShape.of(sync, table, mode);
        TableSize size = snapshot.size(table);
        List<Group> groups = new ArrayList<>();
        for (Map.Entry<ClusterTables.Reached, List<String>> group :
                prepared(sync, shape, full, size, clusters).entrySet()) {
            groups.add(new Group(
                    group.getKey().step(),
                    group.getValue(),
                    RowsWanted.of(
                            sync, table, snapshot, mode, full, group.getKey().value())));
        }
        return new TableInSnapshot(sync, snapshot, clusters, full, mode, table, shape, size, groups);
    }

    TableId id() {
        return shape.source().id();
    }

    /**
     * Reads it into parts.
     *
     * @param told what a person should know beside
     */
    TableResult read(TableReading reading, List<String> told, Places places)
            throws IOException, SQLException, TableRefused, ValueRefused {
        List<String> warnings = new ArrayList<>();
        told.forEach(warning -> warnings.add(id() + ": " + warning));
        TableCheck.unsnapshotted(shape.source()).ifPresent(warnings::add);
        Connections connections = reading.connections(snapshot, table, size, full);
        if (!connections.warning().isEmpty()) {
            warnings.add(connections.warning());
        }
        Map<String, Long> changes = new TreeMap<>();
        List<TableResult.Load> loads = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        for (Group group : groups) {
            RowsWanted wanted = group.wanted();
            warnings.addAll(wanted.warnings());
            ExtractSettings settings =
                    new ExtractSettings(ExtractSettings.anyMarker(), Codec.ZSTD, PART_BYTES, sync.policies());
            String load = String.valueOf(loads.size() + 1);
            S3Parts parts = places.parts(load);
            reading.soFar().expect(wanted.where().isEmpty() ? size.rows() : 0);
            Extracted extracted = connections.extract(
                    new Selection(shape.source(), shape.columns(), wanted.where()),
                    settings,
                    parts,
                    reading.soFar(),
                    reading.pace());
            List<TableResult.Keys> keys = new ArrayList<>();
            if (wanted.keys().isPresent()) {
                keys.add(KeyParts.write(
                        snapshot,
                        shape,
                        wanted.keys().get(),
                        sync.deletes().isSoft(),
                        settings,
                        places.parts(load + "-keys"),
                        reading.pace()));
            }
            rows += extracted.rows();
            bytes += extracted.parts().stream().mapToLong(Extracted.Part::bytes).sum();
            extracted
                    .changes()
                    .forEach(change -> changes.merge(
                            change.column() + " " + change.policy().written(), change.values(), Long::sum));
            if (isLoaded(extracted.rows(), keys, group.clusters())) {
                if (extracted.rows() == 0) {
                    parts.nothing();
                }
                loads.add(new TableResult.Load(
                        shape.target().name().text(),
                        shape.target().columnNames(),
                        shape.keys(),
                        mode,
                        settings.nullMarker(),
                        group.clusters(),
                        parts.url(),
                        parts.written(),
                        extracted.rows(),
                        group.step() + 1,
                        wanted.value(),
                        keys));
            }
        }
        return new TableResult("", warnings, rows, bytes, changes, loads, null);
    }

    /** Clusters by how far the table is there; each has it then, and room for it. */
    private static Map<ClusterTables.Reached, List<String>> prepared(
            TableSync sync, TableShape shape, boolean full, TableSize size, ClusterTables clusters)
            throws SQLException, TableRefused, NoRoom {
        Map<ClusterTables.Reached, List<String>> groups = new LinkedHashMap<>();
        for (String cluster : sync.clusters()) {
            try (Connection connection = clusters.connect(cluster)) {
                ClusterTables.Reached reached = clusters.make(
                        connection,
                        sync,
                        shape,
                        TableExtraction.progressName(sync, shape.source().id()));
                if (sync.takesAll(full) || reached.value().isEmpty()) {
                    NoRoom.unless(cluster, connection, shape.target().name(), size);
                }
                groups.computeIfAbsent(reached, r -> new ArrayList<>()).add(cluster);
            } catch (SQLException e) {
                throw new SQLException("cluster " + cluster + ": " + e.getMessage(), e.getSQLState(), e);
            }
        }
        return groups;
    }

    /** Whether there is anything to load; a table that would lose too many rows is refused. What the load itself finds is {@code maxDeletes}' last word. */
    private boolean isLoaded(long rows, List<TableResult.Keys> keys, List<String> names)
            throws SQLException, TableRefused {
        boolean allAreKnown = mode == WriteMode.REPLACE || keys.stream().anyMatch(list -> !list.gone());
        long listed = keys.stream().mapToLong(TableResult.Keys::rows).sum();
        if (!allAreKnown) {
            return rows > 0 || listed > 0;
        }
        long most = 0;
        for (String cluster : names) {
            try (Connection connection = clusters.connect(cluster)) {
                most = Math.max(most, clusters.rows(connection, shape.target()));
            }
        }
        long all = mode == WriteMode.REPLACE ? rows : listed;
        long fewer = most - all;
        if (fewer > 0 && fewer * 100.0 > most * (double) sync.maxDeletes()) {
            throw new TableRefused(shape.source().id() + " has " + Quantity.count(all, "row") + " now, and "
                    + shape.target().name().text()
                    + " has " + most + ": " + (mode == WriteMode.REPLACE ? "replacing them" : "deleting the others")
                    + " would take away more than " + sync.maxDeletes()
                    + " % (maxDeletes). Nothing was done. If that is meant, write maxDeletes: 100 and run it again");
        }
        return all > 0 || most > 0;
    }
}
