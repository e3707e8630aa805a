package dev.caravan.pipeline.redshifttopostgres.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;

/**
 * One transaction of the target, in which values are written and read the same way whatever the server, the database or the role has for defaults: it is
 * rolled back unless it is committed. The connection is given back as it was.
 */
public final class TargetTransaction implements AutoCloseable {
    /**
     * The hash of a row is of these forms of its values. Rows that row security hides are an error, and not left out (row_security in PostgreSQL's manual).
     * Some are newer than others (transaction_timeout is of 17), so those that are there are set.
     */
    private static final String SETTLE = """
            SELECT set_config(s.name, w.setting, true)
              FROM (VALUES ('lock_timeout', ?), ('statement_timeout', '0'), ('idle_in_transaction_session_timeout', '0'),
                    ('transaction_timeout', '0'), ('row_security', 'off'), ('TimeZone', 'UTC'), ('DateStyle', 'ISO, YMD'),
                    ('IntervalStyle', 'iso_8601'), ('extra_float_digits', '0'), ('bytea_output', 'hex')) AS w (name, setting)
              JOIN pg_catalog.pg_settings s ON s.name = w.name""";

    private final Connection connection;
    private final boolean auto;
    private boolean ended;

    private TargetTransaction(Connection connection, boolean auto) {
        this.connection = connection;
        this.auto = auto;
    }

    /** READ COMMITTED: a statement sees what was committed before it began, so that a row that was waited for is seen as it is. */
    public static TargetTransaction begin(Connection connection, Duration lockTimeout) throws SQLException {
        return begin(connection, lockTimeout, "READ COMMITTED");
    }

    /** REPEATABLE READ: all statements see the same moment. */
    public static TargetTransaction ofOneMoment(Connection connection, Duration lockTimeout) throws SQLException {
        return begin(connection, lockTimeout, "REPEATABLE READ");
    }

    private static TargetTransaction begin(Connection connection, Duration lockTimeout, String isolation)
            throws SQLException {
        TargetTransaction transaction = new TargetTransaction(connection, connection.getAutoCommit());
        if (!transaction.auto) {
            connection.rollback(); // what was asked before has begun one, perhaps of another isolation
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                PreparedStatement settle = connection.prepareStatement(SETTLE)) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL " + isolation);
            settle.setString(1, Long.toString(Math.max(1, lockTimeout.toMillis())));
            settle.execute();
            return transaction;
        } catch (SQLException e) {
            transaction.close(e);
            throw e;
        }
    }

    /**
     * Runs statements that leave nothing behind if they fail.
     *
     * @throws SQLException what they threw; the transaction goes on as it was before them
     */
    public <T> T attempt(Attempt<T> attempt) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            T result = attempt.run();
            connection.releaseSavepoint(before);
            return result;
        } catch (SQLException e) {
            try {
                connection.rollback(before);
            } catch (SQLException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    /** Some statements. */
    @FunctionalInterface
    public interface Attempt<T> {
        T run() throws SQLException;
    }

    /** If this throws, PostgreSQL alone knows whether it has committed: {@link TargetLedger#held} says so. */
    public void commit() throws SQLException {
        connection.commit();
        ended = true;
    }

    @Override
    public void close() throws SQLException {
        if (!ended) {
            ended = true;
            connection.rollback();
        }
        connection.setAutoCommit(auto);
    }

    private void close(SQLException failure) {
        try {
            close();
        } catch (SQLException lost) {
            failure.addSuppressed(lost);
        }
    }
}
