package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.source.Opening;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.watermark.Horizon;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** PostgreSQL's snapshot, read by COPY, whose binary format has the bytes of texts as they are. */
final class PostgresSnapshot extends Snapshot {
    private static final List<String> SETTLE = List.of(
            "SET TimeZone = 'UTC'",
            "SET DateStyle = 'ISO, YMD'",
            "SET IntervalStyle = 'iso_8601'",
            "SET extra_float_digits = 3",
            "SET row_security = off", // rows that the user may not see are an error, and not left out
            "SET statement_timeout = 0",
            "SET idle_in_transaction_session_timeout = 0", // of several connections, one has read its last row before
            // the others
            "SET application_name = '" + Horizon.READER + "'");

    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    /** Tables, also partitioned ones; nothing else is locked by {@code LOCK TABLE} in all versions. */
    private static final String LOCKABLE = """
            SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT')""";

    /**
     * Tables that this transaction has read, and thereby locked until it ends, whose rows aren't in the files in which its snapshot knows them, or that its
     * snapshot doesn't know at all. {@code TRUNCATE} and those forms of {@code ALTER TABLE} that write a table anew aren't MVCC-safe: "the table will appear
     * empty to concurrent transactions, if they are using a snapshot taken before the DDL command occurred" (PostgreSQL's manual, "Caveats" in "Concurrency
     * Control"). pg_class is read by the snapshot, and pg_relation_filenode knows what is now.
     */
    private static final String WRITTEN_ANEW = """
            SELECT CAST(l.relation AS regclass) FROM pg_catalog.pg_locks l
            LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation
            WHERE l.locktype = 'relation' AND l.pid = pg_backend_pid()
            AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
            AND (c.oid IS NULL AND pg_get_indexdef(l.relation) IS NULL OR c.relkind IN ('r', 'm', 't') AND c.relfilenode <> 0
            AND c.relfilenode <> pg_relation_filenode(CAST(c.oid AS regclass)))
            ORDER BY 1 LIMIT 1""";

    PostgresSnapshot(Connection connection, Horizon horizon) {
        super(connection, horizon);
    }

    /**
     * The snapshot is of the first query, and LOCK TABLE is none: a table that is locked before can't be truncated behind the snapshot's back, for which it
     * would then be empty ("LOCK" and "Caveats" of concurrency control in PostgreSQL's manual, postgresql.org/docs/current/sql-lock.html and mvcc-caveats.html).
     */
    @Override
    void begin(List<TableId> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            settle(statement);
            if (!tables.isEmpty()) {
                statement.execute("SET lock_timeout = '10s'");
            }
            List<TableId> lockable = lockable(tables);
            statement.execute(BEGIN);
            for (TableId table : lockable) {
                try {
                    statement.execute(
                            "LOCK TABLE " + SourceKind.POSTGRESQL.identifier(table) + " IN ACCESS SHARE MODE");
                } catch (SQLException e) {
                    throw unheld(table, e);
                }
            }
            statement.execute("SELECT 1");
            for (TableId table : tables) {
                if (!lockable.contains(table)) {
                    hold(statement, SourceKind.POSTGRESQL, table);
                }
            }
        }
    }

    private List<TableId> lockable(List<TableId> tables) throws SQLException {
        List<TableId> lockable = new ArrayList<>();
        if (!tables.isEmpty()) {
            try (PreparedStatement ask = connection.prepareStatement(LOCKABLE)) {
                for (TableId table : tables) {
                    ask.setString(1, table.schema());
                    ask.setString(2, table.name());
                    try (ResultSet row = ask.executeQuery()) {
                        if (row.next()) {
                            lockable.add(table);
                        }
                    }
                }
            }
        }
        return lockable;
    }

    private void take(String exported) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            settle(statement);
            statement.execute(BEGIN);
            statement.execute("SET TRANSACTION SNAPSHOT '" + exported.replace("'", "''") + "'");
        }
    }

    private static void settle(Statement statement) throws SQLException {
        for (String sql : SETTLE) {
            statement.execute(sql);
        }
    }

    /** "The snapshot is available for import only until the end of the transaction that exported it", and the others have it by then. */
    @Override
    public List<Snapshot> beside(TableId table, Opening opening, int number) throws MomentNotShared, SQLException {
        String exported;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
            row.next();
            exported = String.valueOf(row.getString(1));
        }
        List<Snapshot> others = new ArrayList<>();
        try {
            for (int i = 0; i < number; i++) {
                PostgresSnapshot other = new PostgresSnapshot(opening.open(), horizon());
                others.add(other);
                other.take(exported);
            }
            return others;
        } catch (SQLException e) {
            for (Snapshot other : others) {
                other.close();
            }
            throw new MomentNotShared("the source takes no more connections: " + e.getMessage(), e);
        }
    }

    @Override
    void read(String sql, int columns, RowTaker taker) throws IOException, SQLException, ValueRefused {
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + sql + ") TO STDOUT (FORMAT binary)");
        CopyRows rows = new CopyRows(columns);
        long before = taker.rows();
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            rows.take(message);
            while (rows.next()) {
                taker.write(rows);
            }
        }
        if (!rows.isComplete() || copy.getHandledRowCount() != taker.rows() - before) {
            throw new SQLException("PostgreSQL says that it sent " + Quantity.count(copy.getHandledRowCount(), "row")
                    + ", and " + (taker.rows() - before) + " arrived");
        }
        nothingWasWrittenAnew();
    }

    private void nothingWasWrittenAnew() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet anew = statement.executeQuery(WRITTEN_ANEW)) {
            if (anew.next()) {
                throw new SQLException(anew.getString(1) + " was written anew after the reading had begun, by TRUNCATE,"
                        + " ALTER TABLE or a new table of its name: rows of before can't be read any more. It is read"
                        + " again");
            }
        }
    }
}
