package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.base.Quantity;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.extract.Codec;
import dev.caravan.pipeline.tabletoredshift.extract.ExtractSettings;
import dev.caravan.pipeline.tabletoredshift.extract.Extracted;
import dev.caravan.pipeline.tabletoredshift.extract.NullMarkerTaken;
import dev.caravan.pipeline.tabletoredshift.extract.PartSink;
import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.pace.SourceBusy;
import dev.caravan.pipeline.tabletoredshift.parallel.Connections;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.Sources;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads one table of a source, in one snapshot, into parts in S3, and sees to it that each cluster has the table that they are loaded into. */
public final class TableExtraction {
    /** Compressed; COPY wants 1 MB to 1 GB ("Compressing your data files" in Redshift's guide). */
    private static final long PART_BYTES = 64L << 20;

    private static final int MOST_MARKERS = 3;
    private static final Set<String> SNAPSHOTTED = Set.of("InnoDB", "heap", "");

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

    /**
     * Extracts a table.
     *
     * @param stopping whether this instance stops
     * @throws SourceBusy if the source has too much to do now
     * @throws TableRefused if another attempt would end alike
     */
    public TableResult extract(TableSync sync, Unit unit, BooleanSupplier stopping)
            throws IOException, SQLException, TableRefused, ValueRefused {
        for (int i = 1; ; i++) {
            try (TableReading reading = TableReading.begin(sources, sync, unit, units, clock, stopping)) {
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
            Map<ClusterTables.Reached, List<String>> groups = prepared(sync, shape);
            List<String> warnings = new ArrayList<>();
            reading.warnings().forEach(warning -> warnings.add(table.id() + ": " + warning));
            if (!SNAPSHOTTED.contains(table.engine())) {
                warnings.add(table.id() + " is kept by " + table.engine()
                        + ", which has no snapshots: what changes while it" + " is read may come or not");
            }
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
                String marker = ExtractSettings.anyMarker();
                S3Parts parts = parts(sync, unit, number + "-" + (loads.size() + 1), reading);
                Extracted extracted = connections.extract(
                        new Selection(shape.source(), shape.columns(), wanted.where()),
                        new ExtractSettings(marker, Codec.ZSTD, PART_BYTES, sync.policies()),
                        parts,
                        reading.pace());
                rows += extracted.rows();
                bytes += extracted.parts().stream()
                        .mapToLong(Extracted.Part::bytes)
                        .sum();
                extracted
                        .changes()
                        .forEach(change -> changes.merge(
                                change.column() + " " + change.policy().written(), change.values(), Long::sum));
                if (isLoaded(sync, shape, mode, extracted.rows(), group.getValue())) {
                    if (extracted.rows() == 0) {
                        nothing(parts);
                    }
                    loads.add(new TableResult.Load(
                            shape.target().name().text(),
                            shape.target().columnNames(),
                            shape.keys(),
                            mode,
                            marker,
                            group.getValue(),
                            parts.url(),
                            parts.written(),
                            extracted.rows(),
                            group.getKey().step() + 1,
                            wanted.value()));
                }
            }
            return new TableResult("", warnings, rows, bytes, changes, loads);
        }
    }

    /** Clusters by how far the table is there; each has it then. */
    private Map<ClusterTables.Reached, List<String>> prepared(TableSync sync, TableShape shape)
            throws SQLException, TableRefused {
        Map<ClusterTables.Reached, List<String>> groups = new LinkedHashMap<>();
        for (String cluster : sync.clusters()) {
            try (Connection connection = clusters.connect(cluster)) {
                clusters.make(connection, clusters.lacking(connection, sync, shape.target()));
                ClusterTables.Reached reached = clusters.reached(
                        connection,
                        shape.target().name(),
                        progressName(sync, shape.source().id()));
                groups.computeIfAbsent(reached, r -> new ArrayList<>()).add(cluster);
            } catch (SQLException e) {
                throw new SQLException("cluster " + cluster + ": " + e.getMessage(), e.getSQLState(), e);
            }
        }
        return groups;
    }

    /** Whether there is anything to load; a table that would lose too many rows is refused. */
    private boolean isLoaded(TableSync sync, TableShape shape, WriteMode mode, long rows, List<String> names)
            throws SQLException, TableRefused {
        if (mode != WriteMode.REPLACE) {
            return rows > 0;
        }
        long most = 0;
        for (String cluster : names) {
            try (Connection connection = clusters.connect(cluster)) {
                most = Math.max(most, clusters.rows(connection, shape.target()));
            }
        }
        long fewer = most - rows;
        if (fewer > 0 && fewer * 100.0 > most * (double) sync.maxDeletes()) {
            throw new TableRefused(shape.source().id() + " has " + Quantity.count(rows, "row") + " now, and "
                    + shape.target().name().text()
                    + " has " + most + ": replacing them would take away more than " + sync.maxDeletes()
                    + " % (maxDeletes). Nothing was done. If that is meant, write maxDeletes: 100 and run it again");
        }
        return rows > 0 || most > 0;
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

    /** A part without rows, so that there is something to load. */
    private static void nothing(S3Parts parts) throws IOException {
        PartSink.Part part = parts.open(1);
        Codec.ZSTD.compress(part.stream()).close();
        part.complete();
    }
}
