package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.base.Quantity;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.extract.ExtractSettings;
import dev.caravan.pipeline.tabletoredshift.extract.Extracted;
import dev.caravan.pipeline.tabletoredshift.extract.NullMarkerTaken;
import dev.caravan.pipeline.tabletoredshift.extract.ReadSoFar;
import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.pace.SourceBusy;
import dev.caravan.pipeline.tabletoredshift.parallel.Connections;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.Sources;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.source.TableSize;
import dev.caravan.pipeline.tabletoredshift.sync.SyncMode;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.redshift.target.WriteMode;
import dev.caravan.s3.event.S3Prefix;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads one table of a source, in one snapshot, into parts in S3, and sees to it that each cluster has the table that they are loaded into. */
public final class TableExtraction {
    /** Compressed; COPY wants 1 MB to 1 GB ("Compressing your data files" in Redshift's guide). */
    private static final long PART_BYTES = 64L << 20;

    private static final int MOST_MARKERS = 3;

    private final Sources sources;
    private final ClusterTables clusters;
    private final S3Client s3;
    private final Units units;
    private final Clock clock;

    public TableExtraction(Sources sources, ClusterTables clusters, S3Client s3, Units units, Clock clock) {
        this.sources = sources;
        this.clusters = clusters;
        this.s3 = s3;
        this.units = units;
        this.clock = clock;
    }

    /** Progress of a table of a sync, in each cluster. */
    public static String progressName(TableSync sync, TableId table) {
        return sync.name() + "/" + table;
    }

    /** Whose progress that is; empty if it is no table's of the sync. Neither schemas nor tables that a sync can name have a dot. */
    public static Optional<TableId> tableOf(TableSync sync, String progressName) {
        String prefix = sync.name() + "/";
        String[] parts = progressName
                .substring(Math.min(prefix.length(), progressName.length()))
                .split("\\.", -1);
        return progressName.startsWith(prefix) && parts.length == 2
                ? Optional.of(new TableId(parts[0], parts[1]))
                : Optional.empty();
    }

    /**
     * Extracts a table.
     *
     * @param stopping whether this instance stops
     * @param soFar is told how far it has come
     * @throws SourceBusy if the source has too much to do now
     * @throws TableRefused if another attempt would end alike
     */
    public TableResult extract(TableSync sync, Unit unit, BooleanSupplier stopping, ReadSoFar soFar)
            throws IOException, SQLException, TableRefused, ValueRefused {
        for (int i = 1; ; i++) {
            soFar.restart();
            try (TableReading reading = TableReading.begin(sources, sync, unit, units, clock, stopping, soFar)) {
                return attempt(sync, unit, i, reading);
            } catch (NullMarkerTaken e) {
                if (i == MOST_MARKERS) {
                    throw e;
                }
            }
        }
    }

    private TableResult attempt(TableSync sync, Unit unit, int number, TableReading reading)
            throws IOException, SQLException, TableRefused, ValueRefused {
        UnitPlan plan = UnitPlan.of(unit.plan());
        WriteMode mode = sync.writeMode(plan.full());
        try (Snapshot snapshot = Snapshot.begin(sources.connect(sync.source()))) {
            SourceTable table = snapshot.catalog()
                    .table(plan.id())
                    .orElseThrow(() -> new TableRefused(
                            plan.id() + " isn't there any more, or the source's user may not" + " read it"));
            TableShape shape = TableShape.of(sync, table, mode);
            TableSize size = snapshot.size(plan.id());
            Map<ClusterTables.Reached, List<String>> groups = prepared(sync, shape, plan.full(), size);
            List<String> warnings = new ArrayList<>();
            reading.warnings().forEach(warning -> warnings.add(table.id() + ": " + warning));
            TableCheck.unsnapshotted(table).ifPresent(warnings::add);
            Connections connections = reading.connections(snapshot, table, plan.full());
            if (!connections.warning().isEmpty()) {
                warnings.add(connections.warning());
            }
            Map<String, Long> changes = new TreeMap<>();
            List<TableResult.Load> loads = new ArrayList<>();
            long rows = 0;
            long bytes = 0;
            for (Map.Entry<ClusterTables.Reached, List<String>> group : groups.entrySet()) {
                RowsWanted wanted = RowsWanted.of(
                        sync, table, snapshot, mode, plan.full(), group.getKey().value());
                warnings.addAll(wanted.warnings());
                ExtractSettings settings =
                        new ExtractSettings(ExtractSettings.anyMarker(), Codec.ZSTD, PART_BYTES, sync.policies());
                String place = number + "-" + (loads.size() + 1);
                S3Parts parts = parts(sync, unit, place, reading);
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
                            parts(sync, unit, place + "-keys", reading),
                            reading.pace()));
                }
                rows += extracted.rows();
                bytes += extracted.parts().stream()
                        .mapToLong(Extracted.Part::bytes)
                        .sum();
                extracted
                        .changes()
                        .forEach(change -> changes.merge(
                                change.column() + " " + change.policy().written(), change.values(), Long::sum));
                if (isLoaded(sync, shape, mode, extracted.rows(), keys, group.getValue())) {
                    if (extracted.rows() == 0) {
                        parts.nothing();
                    }
                    loads.add(new TableResult.Load(
                            shape.target().name().text(),
                            shape.target().columnNames(),
                            shape.keys(),
                            mode,
                            settings.nullMarker(),
                            group.getValue(),
                            parts.url(),
                            parts.written(),
                            extracted.rows(),
                            group.getKey().step() + 1,
                            wanted.value(),
                            keys));
                }
            }
            return new TableResult("", warnings, rows, bytes, changes, loads);
        }
    }

    /** Clusters by how far the table is there; each has it then, and room for it. */
    private Map<ClusterTables.Reached, List<String>> prepared(
            TableSync sync, TableShape shape, boolean full, TableSize size) throws SQLException, TableRefused, NoRoom {
        Map<ClusterTables.Reached, List<String>> groups = new LinkedHashMap<>();
        for (String cluster : sync.clusters()) {
            try (Connection connection = clusters.connect(cluster)) {
                ClusterTables.Reached reached = clusters.make(
                        connection,
                        sync,
                        shape,
                        progressName(sync, shape.source().id()));
                if (full || reached.value().isEmpty() || sync.mode() == SyncMode.FULL) {
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
    private boolean isLoaded(
            TableSync sync,
            TableShape shape,
            WriteMode mode,
            long rows,
            List<TableResult.Keys> keys,
            List<String> names)
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

    private S3Parts parts(TableSync sync, Unit unit, String attempt, TableReading reading) {
        S3Prefix place = sync.manifestPrefix().orElseThrow();
        return new S3Parts(
                s3,
                place.bucket(),
                S3Parts.folder(
                        place,
                        "parts",
                        sync.name(),
                        unit.run(),
                        unit.planning() + "-" + unit.id() + "-" + unit.attempt(),
                        attempt),
                reading::mayGoOn);
    }
}
