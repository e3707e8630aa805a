package dev.caravan.pipeline.tabletoredshift.watermark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is open in MySQL and MariaDB. {@code NOW()} is the start of a statement, and the order of questions follows from it: the clock; then which statements
 * run; then which transactions have written. A statement from before the clock's reading still runs at the second question, or its transaction is open at
 * the third, or has ended before the snapshot begins.
 */
final class MySqlHorizon {
    private static final long TWO_DAYS = Duration.ofDays(2).toSeconds();
    /** What is no statement of anybody, or not one of this server's clock. */
    private static final Set<String> IDLE =
            Set.of("sleep", "daemon", "binlog dump", "binlog dump gtid", "slave_io", "slave_sql", "slave_worker");

    private static final Set<String> NOBODY = Set.of("system user", "unauthenticated user");

    private final Connection connection;
    private final Duration slack;

    MySqlHorizon(Connection connection, Duration slack) {
        this.connection = connection;
        this.slack = slack;
    }

    Horizon ask() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long micros = number(statement, "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))");
            Instant moment = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            SafeBound bound = new SafeBound(moment, slack);
            Map<Long, Instant> statements = new HashMap<>();
            boolean applies = running(statement, moment, statements);
            new MySqlTransactions(connection, bound).ask(statements);
            statements.forEach((session, since) -> bound.open(since, "A statement of session " + session));
            new MySqlReplica(statement, bound).ask(applies);
            return bound.horizon(offset(statement, moment, bound.safe()));
        }
    }

    /**
     * Finds the statements that run. Their age is in whole seconds.
     *
     * @return whether some apply what another server has written
     */
    private static boolean running(Statement statement, Instant moment, Map<Long, Instant> found) throws SQLException {
        boolean applies = false;
        try (ResultSet rows = statement.executeQuery("SHOW PROCESSLIST")) {
            while (rows.next()) {
                String command = String.valueOf(rows.getString("Command")).toLowerCase(Locale.ROOT);
                String user = String.valueOf(rows.getString("User"));
                if (user.equals("system user")) {
                    applies |= !command.equals("daemon");
                }
                if (!IDLE.contains(command) && !NOBODY.contains(user)) {
                    found.put(rows.getLong("Id"), moment.minusSeconds(Math.max(0, rows.getLong("Time")) + 1));
                }
            }
        }
        return applies;
    }

    /** It has changed, or changes, within two days of a night on which clocks are put. */
    private static int offset(Statement statement, Instant moment, Instant safe) throws SQLException {
        statement.execute("SET SESSION time_zone = DEFAULT"); // the server's, whatever the driver has set
        long now = moment.getEpochSecond();
        return (int) number(
                statement,
                "SELECT LEAST(" + offset(now - TWO_DAYS) + ", " + offset(now) + ", " + offset(now + TWO_DAYS) + ", "
                        + offset(Math.max(0, safe.getEpochSecond())) + ")");
    }

    private static String offset(long second) {
        return "TIMESTAMPDIFF(SECOND, '1970-01-01' + INTERVAL " + second + " SECOND, FROM_UNIXTIME(" + second + "))";
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
