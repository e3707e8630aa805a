package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.base.Shown;
import dev.caravan.pipeline.tabletoredshift.source.Opening;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Several snapshots of InnoDB that have the same rows of a table: they begin while nobody can write to it. Who has written to it, and hasn't committed, keeps
 * {@code LOCK TABLES … READ} waiting, for metadata locks are kept until a transaction ends, and who wants to write then may wait behind it ("Metadata Locking"
 * in MySQL's manual, dev.mysql.com/doc/refman/9.4/en/metadata-locking.html): so the lock is waited for, and held, for seconds only. Nothing is read while it is
 * held. The server itself ends it if this process stands still: its connection may not be idle for longer.
 */
final class MySqlMoment {
    private static final int WAIT_SECONDS = 3, HELD_SECONDS = 5;
    private static final int LONGEST_ANSWER_MILLIS =
            (int) Duration.ofSeconds(10).toMillis();
    private static final int DENIED_TO_USER = 1044, DENIED_ON_TABLE = 1142, LOCK_TIMEOUT = 1205;

    private final MySqlSnapshot first;
    private final TableId table;

    MySqlMoment(MySqlSnapshot first, TableId table) {
        this.first = first;
        this.table = table;
    }

    List<Snapshot> share(Opening opening, int number) throws Snapshot.MomentNotShared, SQLException {
        List<MySqlSnapshot> others = new ArrayList<>();
        try (Connection locking = opening.open()) {
            for (int i = 0; i < number; i++) {
                MySqlSnapshot other = new MySqlSnapshot(opening.open(), first.horizon());
                others.add(other);
                other.settle();
            }
            locked(locking, others);
        } catch (SQLException e) {
            for (MySqlSnapshot other : others) {
                other.close();
            }
            if (first.connection.isClosed()) {
                throw e; // there is nothing to go on with
            }
            throw new Snapshot.MomentNotShared(reason(e), e);
        }
        return List.copyOf(others);
    }

    private void locked(Connection locking, List<MySqlSnapshot> others) throws SQLException {
        locking.setNetworkTimeout(Runnable::run, LONGEST_ANSWER_MILLIS);
        try (Statement statement = locking.createStatement()) {
            statement.execute(
                    "SET SESSION lock_wait_timeout = " + WAIT_SECONDS + ", SESSION wait_timeout = " + HELD_SECONDS);
            statement.execute("LOCK TABLES " + SourceKind.MYSQL.identifier(table) + " READ");
            if (isAnyPrepared(statement)) {
                throw new SQLException(
                        "the source has transactions that two-phase commit has prepared, and the lock doesn't keep"
                                + " them from being committed. Commit them or roll them back (XA RECOVER lists them)");
            }
            start(first);
            for (MySqlSnapshot other : others) {
                start(other);
            }
            // Fails if the server has ended the connection, and with it the lock: then others may have written.
            statement.execute("UNLOCK TABLES");
        }
    }

    /** Whose session has gone holds no lock on the table any more; which have, nobody says. Who may not ask (MySQL: XA_RECOVER_ADMIN) goes on. */
    private static boolean isAnyPrepared(Statement statement) {
        try (ResultSet rows = statement.executeQuery("XA RECOVER")) {
            return rows.next();
        } catch (SQLException e) {
            return false;
        }
    }

    private static void start(MySqlSnapshot snapshot) throws SQLException {
        int before = snapshot.connection.getNetworkTimeout();
        snapshot.connection.setNetworkTimeout(Runnable::run, LONGEST_ANSWER_MILLIS);
        try {
            snapshot.start();
        } catch (SQLException e) {
            snapshot.abort(); // it has another snapshot now, or none
            throw e;
        }
        snapshot.connection.setNetworkTimeout(Runnable::run, before);
    }

    private String reason(SQLException e) {
        return switch (e.getErrorCode()) {
            case DENIED_TO_USER, DENIED_ON_TABLE ->
                "the source's user may not lock it for the moment in which the connections' snapshots begin. Allow it:"
                        + " GRANT LOCK TABLES ON " + SourceKind.MYSQL.identifier(table.schema()) + ".* TO the user";
            case LOCK_TIMEOUT ->
                "it couldn't be locked within " + WAIT_SECONDS + " seconds for the moment in which the connections'"
                        + " snapshots begin: somebody has written to it and not committed";
            default -> Shown.line(String.valueOf(e.getMessage()));
        };
    }
}
