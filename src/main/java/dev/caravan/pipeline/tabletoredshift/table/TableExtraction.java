package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.database.Databases;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.extract.NullMarkerTaken;
import dev.caravan.pipeline.tabletoredshift.extract.ReadSoFar;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.pace.SourceBusy;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.s3.upload.S3Folder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads a unit's tables, one or several, in one snapshot of the source into parts in S3. */
public final class TableExtraction {
    private static final int MOST_MARKERS = 3;

    private final Databases sources;
    private final ClusterTables clusters;
    private final S3Client s3;
    private final Units units;
    private final Clock clock;

    public TableExtraction(Databases sources, ClusterTables clusters, S3Client s3, Units units, Clock clock) {
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
     * Extracts a unit's tables.
     *
     * @param stopping whether this instance stops
     * @param soFar is told how far it has come
     * @throws SourceBusy if the source has too much to do now
     * @throws TableRefused if another attempt would end alike
     */
    public UnitResult extract(TableSync sync, Unit unit, BooleanSupplier stopping, ReadSoFar soFar)
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

    /** All tables are looked at before the first is read: one that is refused shall not be so after hours. */
    private UnitResult attempt(TableSync sync, Unit unit, int number, TableReading reading)
            throws IOException, SQLException, TableRefused, ValueRefused {
        UnitPlan plan = UnitPlan.of(unit.plan());
        boolean alone = plan.together().isEmpty();
        Connection connection = sources.connect(sync.source());
        try (Snapshot snapshot = alone ? Snapshot.begin(connection) : Snapshot.ofTables(connection, plan.together())) {
            List<TableInSnapshot> tables = new ArrayList<>();
            for (TableId table : plan.tables()) {
                tables.add(TableInSnapshot.prepare(sync, table, plan.full(), snapshot, clusters));
            }
            List<UnitResult.OfTable> results = new ArrayList<>();
            for (TableInSnapshot table : tables) {
                if (!results.isEmpty()) {
                    reading.soFar().next();
                }
                String place = alone ? String.valueOf(number) : number + "-" + (results.size() + 1);
                List<String> warnings = results.isEmpty() ? reading.warnings() : List.of();
                results.add(new UnitResult.OfTable(
                        table.id(),
                        table.read(reading, warnings, load -> parts(sync, unit, place + "-" + load, reading))));
            }
            return new UnitResult("", results);
        }
    }

    private S3Parts parts(TableSync sync, Unit unit, String attempt, TableReading reading) {
        S3Folder folder = S3Folder.of(
                sync.manifestPrefix().orElseThrow(),
                "parts",
                sync.name(),
                unit.run(),
                unit.planning() + "-" + unit.id() + "-" + unit.attempt(),
                attempt);
        return new S3Parts(s3, folder, reading::mayGoOn);
    }
}
