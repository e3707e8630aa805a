package dev.caravan.pipeline.tabletoredshift.watermark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** InnoDB's open transactions that have written something. Those that haven't yet will do so by statements that run or are to come, whose times are later. */
final class MySqlTransactions {
    private static final int ACCESS_DENIED = 1227;
    /** InnoDB answers from a copy, and makes no other one until nobody has asked for a tenth of a second. */
    private static final int COPY_LIVES_MILLIS = 100;

    private static final int MOST_ATTEMPTS = 8;

    /**
     * When each began, in the time zone of the server's system, which this session has. In the hour that comes twice, the first is meant. What only reads
     * is a SELECT that is a transaction of its own, or a transaction that was begun as READ ONLY.
     */
    private static final String OPEN = """
            SELECT trx_mysql_thread_id AS its_session, trx_mysql_thread_id = CONNECTION_ID() AS is_own, trx_rows_modified > 0 AS has_written,
                   trx_is_read_only + trx_autocommit_non_locking > 0 AS only_reads,
                   CAST(CASE WHEN FROM_UNIXTIME(UNIX_TIMESTAMP(trx_started) - 3600) = trx_started
                             THEN UNIX_TIMESTAMP(trx_started) - 3600 ELSE UNIX_TIMESTAMP(trx_started) END AS SIGNED) AS began
            FROM information_schema.innodb_trx""";

    private final Connection connection;
    private final SafeBound bound;

    MySqlTransactions(Connection connection, SafeBound bound) {
        this.connection = connection;
        this.bound = bound;
    }

    /**
     * Asks for them.
     *
     * @param statements those that ran before, by session; those are taken out whose transaction can't write
     */
    void ask(Map<Long, Instant> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION time_zone = 'SYSTEM'");
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            // An answer that has this one is from after the statements were asked for.
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            for (int attempt = 0; !answered(statement, statements); attempt++) {
                if (attempt == MOST_ATTEMPTS) {
                    bound.warn("The source doesn't say which transactions are open, because something else asks for"
                            + " information_schema.innodb_trx all the time: rows of transactions that take longer than the"
                            + " overlap can be missed. Have that ask once a second at the most");
                    break;
                }
                pause(attempt);
            }
        } catch (SQLException e) {
            if (e.getErrorCode() != ACCESS_DENIED) {
                throw e;
            }
            denied();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("COMMIT");
        }
    }

    /** What an old answer says of a session may be true no more: of such a one, nothing is taken. */
    private boolean answered(Statement statement, Map<Long, Instant> statements) throws SQLException {
        Map<Long, Instant> wrote = new HashMap<>();
        Set<Long> readers = new HashSet<>();
        boolean fresh = false;
        try (ResultSet rows = statement.executeQuery(OPEN)) {
            while (rows.next()) {
                long session = rows.getLong("its_session");
                fresh |= rows.getBoolean("is_own");
                if (rows.getBoolean("only_reads")) {
                    readers.add(session);
                } else if (rows.getBoolean("has_written")) {
                    wrote.merge(session, Instant.ofEpochSecond(rows.getLong("began")), (a, b) -> a.isBefore(b) ? a : b);
                }
            }
        }
        if (fresh) {
            statements.keySet().removeAll(readers);
            wrote.forEach((session, since) -> bound.open(since, "The transaction of session " + session));
            prepared(wrote.containsKey(0L));
        }
        return fresh;
    }

    private void prepared(boolean any) {
        if (any) {
            bound.warn(
                    "The source has a transaction that was prepared by XA and whose session is gone. If the server was"
                            + " restarted since, nobody knows when it began: rows of it that are older than the overlap can be missed."
                            + " Look at XA RECOVER, and commit it or roll it back");
        }
    }

    private void denied() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CURRENT_USER()")) {
            row.next();
            String user = String.valueOf(row.getString(1));
            int at = user.lastIndexOf('@');
            bound.warn(
                    "The source doesn't say which transactions are open: rows of transactions that take longer than the"
                            + " overlap can be missed. Allow it: GRANT PROCESS ON *.* TO "
                            + quoted(user.substring(0, at)) + "@"
                            + quoted(user.substring(at + 1)));
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Several that ask at a time would keep each other's answers old, if they waited equally long. */
    private static void pause(int attempt) throws SQLException {
        try {
            Thread.sleep(COPY_LIVES_MILLIS + ThreadLocalRandom.current().nextLong(20L << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while the source was asked for its open transactions", e);
        }
    }
}
