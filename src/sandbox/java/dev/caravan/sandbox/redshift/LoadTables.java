package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.copy.LoadReport;
import dev.caravan.sandbox.redshift.copy.value.BadRow;
import dev.caravan.sandbox.redshift.functions.RedshiftFunctions;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import javax.sql.DataSource;

/** Redshift's load tables, written on a connection of their own: they survive the rollback of the load that failed. */
final class LoadTables implements AutoCloseable {
    /** How much later {@link Quirk#LOAD_ERRORS_LAG} lets bad rows be seen. */
    static final Duration LAG = Duration.ofSeconds(3);

    private final Connection connection;
    private final Quirks quirks;

    LoadTables(DataSource database, Quirks quirks) {
        this.quirks = quirks;
        try {
            connection = database.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(SystemTypes.DDL);
                statement.execute(SystemCatalog.DDL);
                statement.execute(RedshiftFunctions.DDL);
            }
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException("Redshift's system tables can't be made", e);
        }
    }

    /**
     * Notes how a COPY ended.
     *
     * @param session the process that ran it, as {@code pg_backend_pid()} gives it
     */
    synchronized void record(LoadReport report, int session, boolean completed) {
        try {
            badRows(report, session);
            if (completed) {
                files(report);
            }
            history(report, session, completed ? "completed" : "aborted");
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("The load tables can't be written", e);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }

    private void badRows(LoadReport report, int session) throws SQLException {
        if (quirks.has(Quirk.LOAD_ERRORS_LOST)) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO sandbox.load_error SELECT 100, coalesce(to_regclass(?)::oid::bigint::int, 0), ?, ?, ?,"
                        + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?")) {
            Instant seen = quirks.has(Quirk.LOAD_ERRORS_LAG) ? Instant.now().plus(LAG) : Instant.EPOCH;
            for (BadRow row : report.badRows()) {
                int i = 1;
                insert.setString(i++, report.command().table());
                insert.setTimestamp(i++, utc(report.start()));
                insert.setInt(i++, session);
                insert.setInt(i++, report.query());
                insert.setString(i++, cutBytes(row.file()));
                insert.setLong(i++, row.line());
                insert.setString(i++, cut(row.column(), 127));
                insert.setString(i++, cut(row.type(), 10));
                insert.setString(i++, cut(row.length(), 10));
                insert.setInt(i++, row.position());
                insert.setString(i++, cut(row.rawLine(), 1024));
                insert.setString(i++, cut(row.rawValue(), 1024));
                insert.setInt(i++, row.code());
                insert.setString(i++, cut(row.reason(), 512));
                insert.setTimestamp(i, utc(seen));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void files(LoadReport report) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO pg_catalog.stl_load_commits" + " VALUES (100, ?, 0, '', ?, 0, ?, 0, ?, 1, ?, 0, 0, -1)")) {
            for (LoadReport.LoadedFile file : report.files()) {
                insert.setInt(1, report.query());
                insert.setString(2, cutBytes(file.url()));
                insert.setInt(3, (int) file.rows());
                insert.setTimestamp(4, utc(Instant.now()));
                insert.setString(5, report.command().format());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void history(LoadReport report, int session, String status) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO pg_catalog.sys_load_history"
                + " VALUES (100, ?, 0, ?, current_database(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, -1)")) {
            Instant end = Instant.now();
            int i = 1;
            insert.setLong(i++, report.query());
            insert.setInt(i++, session);
            insert.setString(i++, status);
            insert.setString(i++, report.command().tableName());
            insert.setTimestamp(i++, utc(report.start()));
            insert.setTimestamp(i++, utc(end));
            insert.setLong(i++, Duration.between(report.start(), end).toNanos() / 1000);
            insert.setString(i++, report.command().from());
            insert.setString(i++, report.command().format().toLowerCase(Locale.ROOT));
            insert.setLong(i++, report.rows());
            insert.setLong(i++, report.bytes());
            insert.setInt(i++, report.files().size());
            insert.setLong(i++, report.bytes());
            insert.setInt(i++, report.files().size());
            insert.setLong(i++, report.bytes());
            insert.setInt(i, report.badRows().size());
            insert.executeUpdate();
        }
    }

    private static Timestamp utc(Instant instant) {
        return Timestamp.valueOf(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    /** What {@code character(256)} takes, which counts bytes. */
    private static String cutBytes(String url) {
        int end = Math.min(url.length(), 256);
        while (url.substring(0, end).getBytes(StandardCharsets.UTF_8).length > 256) {
            end = url.offsetByCodePoints(end, -1);
        }
        return cut(url.substring(0, end), 256);
    }

    private static String cut(String text, int length) {
        String clean = text.replace('\0', ' ');
        return clean.length() > length ? clean.substring(0, length) : clean;
    }
}
