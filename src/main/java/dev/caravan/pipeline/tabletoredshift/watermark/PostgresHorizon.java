package dev.caravan.pipeline.tabletoredshift.watermark;

import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What is open in PostgreSQL. {@code now()} is the start of a transaction, so one that has written nothing yet counts as well: its first row will have that
 * time. The clock is read first, sessions are looked at next, and then what two-phase commit has taken out of them.
 */
final class PostgresHorizon {
    /**
     * Procedures may commit and go on: {@code statement_timestamp()} is then before the transaction. Who has begun a statement and not yet a transaction is
     * counted from the statement. Vacuums and senders of the log write no rows; a parallel worker's leader is there itself.
     */
    private static final String OPEN = """
            SELECT pid, (extract(epoch FROM least(xact_start, query_start)) * 1000000)::bigint AS since
            FROM pg_catalog.pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
              AND backend_type NOT IN ('autovacuum worker', 'walsender', 'parallel worker')
              AND application_name <> '%s' AND (xact_start IS NOT NULL OR state IN ('active', 'fastpath function call'))
            """.formatted(Horizon.READER);

    private static final String PREPARED = """
            SELECT gid, (extract(epoch FROM prepared) * 1000000)::bigint AS since
            FROM pg_catalog.pg_prepared_xacts WHERE database = current_database()
            """;

    private static final String SURROUNDINGS = """
            SELECT current_user AS name, pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS allowed,
                   EXISTS (SELECT FROM pg_catalog.pg_stat_activity WHERE datname = current_database() AND state = 'disabled') AS untracked,
                   EXISTS (SELECT FROM pg_catalog.pg_stat_subscription WHERE pid IS NOT NULL) AS subscribed,
                   pg_is_in_recovery() AS standby,
                   (extract(epoch FROM pg_last_xact_replay_timestamp()) * 1000000)::bigint AS replayed
            """;

    private final Connection connection;
    private final Duration slack;

    PostgresHorizon(Connection connection, Duration slack) {
        this.connection = connection;
        this.slack = slack;
    }

    Horizon ask() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            SafeBound bound = new SafeBound(clock(statement), slack);
            try (ResultSet rows = statement.executeQuery(OPEN)) {
                while (rows.next()) {
                    bound.open(instant(rows, "since"), "The transaction of session " + rows.getLong("pid"));
                }
            }
            try (ResultSet rows = statement.executeQuery(PREPARED)) {
                while (rows.next()) {
                    bound.open(instant(rows, "since"), "The prepared transaction " + rows.getString("gid"));
                    bound.warn("The source has the prepared transaction " + rows.getString("gid")
                            + ", and nobody knows when it began: rows of it that are older than the overlap can be missed. Commit"
                            + " it or roll it back (COMMIT PREPARED, ROLLBACK PREPARED)");
                }
            }
            try (ResultSet row = statement.executeQuery(SURROUNDINGS)) {
                row.next();
                surroundings(row, bound);
            }
            return bound.horizon(0);
        }
    }

    private static Instant clock(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS now")) {
            row.next();
            return instant(row, "now");
        }
    }

    private static void surroundings(ResultSet row, SafeBound bound) throws SQLException {
        if (!row.getBoolean("allowed")) {
            bound.warn(
                    "The source doesn't say which transactions of others are open: rows of transactions that take longer than"
                            + " the overlap can be missed. Allow it: GRANT pg_read_all_stats TO "
                            + SourceKind.POSTGRESQL.identifier(String.valueOf(row.getString("name"))));
        }
        if (row.getBoolean("untracked")) {
            bound.warn(
                    "The source has sessions with track_activities = off, and doesn't say whether they have a transaction"
                            + " open: rows of transactions that take longer than the overlap can be missed. Turn it on for them");
        }
        if (row.getBoolean("subscribed")) {
            bound.warn(
                    "The source subscribes to another server's tables: transactions that are open there aren't seen here, and"
                            + " only the overlap keeps their rows from being missed. Take these tables from that server");
        }
        if (row.getBoolean("standby")) {
            Instant replayed = instant(row, "replayed"); // none yet is 1970
            bound.knownUntil(replayed);
            bound.warn(
                    "The source is a standby, which has come to " + replayed.truncatedTo(ChronoUnit.SECONDS)
                            + ": transactions that are open on its primary aren't seen here, and only the overlap keeps their rows from"
                            + " being missed. Take tables from the primary, or give an overlap that is longer than any transaction");
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.EPOCH.plus(row.getLong(column), ChronoUnit.MICROS);
    }
}
