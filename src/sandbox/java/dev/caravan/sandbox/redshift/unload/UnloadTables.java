package dev.caravan.sandbox.redshift.unload;

import dev.caravan.sandbox.redshift.unload.UnloadReport.UnloadedFile;
import dev.caravan.sandbox.redshift.unload.command.UnloadCompression;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Redshift's tables of UNLOADs, written on a connection of their own, so that they survive a rollback, as the files do. How many rows the session's last
 * UNLOAD wrote is the current value of a sequence: that is a session's own, and no rollback takes it back.
 */
public final class UnloadTables implements AutoCloseable {
    private static final String DDL = """
            SET allow_system_table_mods = on;
            SET client_min_messages = warning;
            CREATE TABLE IF NOT EXISTS sandbox.unload_file (user_id int, query_id int, slice int, session_id int,
              file_name text, start_time timestamp, end_time timestamp, line_count bigint, transfer_size bigint,
              file_format text);
            CREATE OR REPLACE VIEW pg_catalog.stl_unload_log AS SELECT user_id AS userid, query_id AS query, slice,
              session_id AS pid, file_name::char(1280) AS path, start_time, end_time, line_count, transfer_size,
              file_format::char(10) AS file_format FROM sandbox.unload_file;
            CREATE OR REPLACE VIEW pg_catalog.sys_unload_detail AS SELECT user_id, query_id, session_id,
              0::bigint AS transaction_id, file_name::char(1280) AS file_name, start_time, end_time, line_count,
              transfer_size, file_format::char(10) AS file_format FROM sandbox.unload_file;
            CREATE TABLE IF NOT EXISTS pg_catalog.sys_unload_history (user_id int, query_id bigint,
              transaction_id bigint, session_id int, database_name text, status text, start_time timestamp,
              end_time timestamp, duration bigint, file_format text, compression_type text, unloaded_location text,
              unloaded_rows bigint, unloaded_files_count bigint, unloaded_files_size bigint, error_message text);

            CREATE SEQUENCE IF NOT EXISTS sandbox.last_unload_count MINVALUE 0;
            CREATE SEQUENCE IF NOT EXISTS sandbox.last_unload_id MINVALUE 0;
            GRANT ALL ON SEQUENCE sandbox.last_unload_count, sandbox.last_unload_id TO PUBLIC;
            CREATE OR REPLACE FUNCTION pg_catalog.pg_last_unload_count() RETURNS bigint LANGUAGE plpgsql AS $$
              BEGIN RETURN currval('sandbox.last_unload_count');
              EXCEPTION WHEN object_not_in_prerequisite_state THEN RETURN 0; END $$;
            CREATE OR REPLACE FUNCTION pg_catalog.pg_last_unload_id() RETURNS int LANGUAGE plpgsql AS $$
              BEGIN RETURN currval('sandbox.last_unload_id');
              EXCEPTION WHEN object_not_in_prerequisite_state THEN RETURN -1; END $$;
            """;

    private final Connection connection;

    /** @param database where the schema {@code sandbox} is there already */
    public UnloadTables(DataSource database) {
        try {
            connection = database.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(DDL);
            }
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException("Redshift's tables of UNLOADs can't be made", e);
        }
    }

    /** How many files are written at once: one for each slice that has data. */
    public synchronized int slices() {
        try (Statement statement = connection.createStatement();
                ResultSet slices = statement.executeQuery("SELECT count(*) FROM sandbox.slices WHERE type = 'D'")) {
            slices.next();
            int number = slices.getInt(1);
            connection.commit();
            return Math.max(1, number);
        } catch (SQLException e) {
            throw new IllegalStateException("The slices can't be counted", e);
        }
    }

    /**
     * Notes how an UNLOAD ended.
     *
     * @param session the process that ran it, as {@code pg_backend_pid()} gives it
     * @param error empty if it has completed
     */
    public synchronized void record(UnloadReport report, int session, String error) {
        try {
            files(report, session);
            history(report, session, error);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("The tables of UNLOADs can't be written", e);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }

    private void files(UnloadReport report, int session) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO sandbox.unload_file VALUES (100, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (UnloadedFile file : report.files()) {
                int i = 1;
                insert.setInt(i++, report.query());
                insert.setInt(i++, file.slice());
                insert.setInt(i++, session);
                insert.setString(i++, file.url().toString());
                insert.setTimestamp(i++, utc(file.start()));
                insert.setTimestamp(i++, utc(file.end()));
                insert.setLong(i++, file.rows());
                insert.setLong(i++, file.bytes());
                insert.setString(i, report.command().options().format().inTables());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void history(UnloadReport report, int session, String error) throws SQLException {
        UnloadCompression compression = report.command().options().compression();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO pg_catalog.sys_unload_history"
                + " VALUES (100, ?, 0, ?, current_database(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            Instant end = Instant.now();
            int i = 1;
            insert.setLong(i++, report.query());
            insert.setInt(i++, session);
            insert.setString(i++, error.isEmpty() ? "completed" : "aborted");
            insert.setTimestamp(i++, utc(report.start()));
            insert.setTimestamp(i++, utc(end));
            insert.setLong(i++, Duration.between(report.start(), end).toNanos() / 1000);
            insert.setString(i++, report.command().options().format().inTables());
            insert.setString(
                    i++,
                    compression == UnloadCompression.NONE
                            ? ""
                            : compression.name().toLowerCase(Locale.ROOT));
            insert.setString(i++, report.command().to().toString());
            insert.setLong(i++, report.rows());
            insert.setLong(i++, report.files().size());
            insert.setLong(i++, report.bytes());
            insert.setString(i, error);
            insert.executeUpdate();
        }
    }

    private static Timestamp utc(Instant instant) {
        return Timestamp.valueOf(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
}
