package dev.caravan.sandbox.bench.mirror;

import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ApplyDifference;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ApplySettings;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Difference;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.DifferenceFile;
import dev.caravan.sandbox.run.RunFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;

/** The ways from the rows before to those after, with what each of them reads. */
final class Ways {
    private static final int BATCH = 1000;
    private static final String CSV = " (FORMAT csv, NULL '\\N')";

    private final ItemTables tables;
    private final Path differenceFile;
    private final Path allFile;
    private final Difference difference;
    private int applied;

    /** One of them. */
    interface Way {
        void go() throws SQLException, IOException;
    }

    /** @param folder for files, which stay until the caller deletes them */
    Ways(ItemTables tables, Path folder) throws SQLException, IOException {
        this.tables = tables;
        differenceFile = folder.resolve("difference.csv.gz");
        allFile = folder.resolve("all.csv.gz");
        String others = ItemTables.COLUMNS.stream()
                .skip(1)
                .map(column -> "CASE WHEN op <> 'D' THEN " + column + " END")
                .collect(Collectors.joining(", "));
        write("SELECT op, id, " + others + " FROM bench.changes", differenceFile);
        write("SELECT * FROM bench.after", allFile);
        difference = new Difference(
                "bench", Held.NOTHING, "1", "v1", tables.changes("I"), tables.changes("U"), tables.changes("D"));
        try (Connection connection = tables.connect()) {
            TargetLedger.prepare(connection);
        } catch (TargetRefused e) {
            throw new RunFailure("PostgreSQL takes no ledger", e);
        }
    }

    Map<String, Way> all() {
        Map<String, Way> all = new LinkedHashMap<>();
        all.put("difference", this::difference);
        all.put("batched upserts", this::upserts);
        all.put("TRUNCATE + COPY", this::copyAll);
        return all;
    }

    /** As Caravan applies it, each time as a mirror that was never there. */
    private void difference() throws SQLException, IOException {
        try (Connection connection = tables.connect()) {
            Difference once = new Difference(
                    "bench-" + ++applied + "-" + System.nanoTime(),
                    difference.base(),
                    difference.snapshot(),
                    difference.signature(),
                    difference.inserts(),
                    difference.updates(),
                    difference.deletes());
            new ApplyDifference(() -> false)
                    .apply(
                            connection,
                            new MirroredTable("bench", "items", List.of("id"), ItemTables.COLUMNS),
                            once,
                            List.of(DifferenceFile.gzipped(
                                    differenceFile.toString(),
                                    DifferenceFile.USUAL_NULL,
                                    () -> Files.newInputStream(differenceFile))),
                            ApplySettings.DEFAULT);
        } catch (TargetRefused e) {
            throw new RunFailure("The difference was refused", e);
        }
    }

    private void copyAll() throws SQLException, IOException {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                InputStream rows = new GZIPInputStream(Files.newInputStream(allFile), 1 << 16)) {
            connection.setAutoCommit(false);
            statement.execute("TRUNCATE bench.items");
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY bench.items FROM STDIN" + CSV, rows);
            connection.commit();
        }
    }

    /** The driver makes one statement of many rows; the rows come by another connection, for it costs little beside the rest. */
    private void upserts() throws SQLException {
        String updates = ItemTables.COLUMNS.stream()
                .skip(1)
                .map(column -> column + " = EXCLUDED." + column)
                .collect(Collectors.joining(", "));
        String marks = ItemTables.COLUMNS.stream().map(column -> "?").collect(Collectors.joining(", "));
        try (Connection source = tables.connect();
                Statement query = source.createStatement();
                Connection target = DriverManager.getConnection(tables.url("reWriteBatchedInserts=true"));
                PreparedStatement delete = target.prepareStatement("DELETE FROM bench.items WHERE id = ?");
                PreparedStatement upsert = target.prepareStatement("INSERT INTO bench.items (" + ItemTables.columns()
                        + ") VALUES (" + marks + ") ON CONFLICT (id) DO UPDATE SET " + updates)) {
            target.setAutoCommit(false);
            source.setAutoCommit(false);
            query.setFetchSize(BATCH);
            try (ResultSet rows = query.executeQuery("SELECT * FROM bench.changes ORDER BY op <> 'D'")) {
                List<PreparedStatement> both = new ArrayList<>(List.of(delete, upsert));
                for (long n = 1; rows.next(); n++) {
                    if (rows.getString(1).equals("D")) {
                        delete.setLong(1, rows.getLong(2));
                        delete.addBatch();
                    } else {
                        for (int i = 1; i <= ItemTables.COLUMNS.size(); i++) {
                            upsert.setObject(i, rows.getObject(i + 1));
                        }
                        upsert.addBatch();
                    }
                    if (n % BATCH == 0) {
                        send(both);
                    }
                }
                send(both);
            }
            target.commit();
        }
    }

    private static void send(List<PreparedStatement> statements) throws SQLException {
        for (PreparedStatement statement : statements) {
            statement.executeBatch();
        }
    }

    private void write(String query, Path file) throws SQLException, IOException {
        try (Connection connection = tables.connect();
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (" + query + ") TO STDOUT" + CSV, out);
        }
    }
}
