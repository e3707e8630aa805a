package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.pipeline.tabletoredshift.source.Opening;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.watermark.Horizon;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** InnoDB's snapshot, by the drivers of MariaDB and of MySQL. Tables of other engines are read as they are when their turn comes. */
final class MySqlSnapshot extends Snapshot {
    private static final int LOCK_SECONDS = 10;

    private static final List<String> SETTLE = List.of(
            // Who takes rows slowly, or halts for as long as maxSnapshot may be, isn't a client that has gone away.
            "SET SESSION time_zone = '+00:00', SESSION sql_mode = '', SESSION net_write_timeout = 604800",
            "SET NAMES utf8mb4",
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");

    MySqlSnapshot(Connection connection, Horizon horizon) {
        super(connection, horizon);
    }

    /**
     * Metadata locks are kept until the transaction ends ("Metadata Locking" in MySQL's manual, dev.mysql.com/doc/refman/8.4/en/metadata-locking.html). They
     * come a moment after the snapshot, which is begun by a statement that ends what was there before.
     */
    @Override
    void begin(List<TableId> tables) throws SQLException {
        settle();
        if (!tables.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION lock_wait_timeout = " + LOCK_SECONDS);
            }
        }
        start();
        try (Statement statement = connection.createStatement()) {
            for (TableId table : tables) {
                hold(statement, SourceKind.MYSQL, table);
            }
        }
    }

    void settle() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : SETTLE) {
                statement.execute(sql);
            }
        }
    }

    /** Begins the transaction, or another one: its snapshot is of now. */
    void start() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        }
    }

    @Override
    public List<Snapshot> beside(TableId table, Opening opening, int number) throws MomentNotShared, SQLException {
        return new MySqlMoment(this, table).share(opening, number);
    }

    @Override
    void read(String sql, int columns, RowTaker taker) throws IOException, SQLException, ValueRefused {
        boolean mysqlDriver = connection.getMetaData().getDriverName().startsWith("MySQL");
        Statement statement = connection.createStatement();
        statement.setFetchSize(mysqlDriver ? Integer.MIN_VALUE : 1); // rows stream, and as many as are fetched are kept
        ResultSet rows = statement.executeQuery(sql);
        ResultRow row = new ResultRow(rows);
        while (rows.next()) {
            taker.write(row);
        }
        rows.close(); // not when writing fails: it would read all that is left
        statement.close();
    }

    private static final class ResultRow implements Row {
        private static final byte[] NONE = {};

        private final ResultSet rows;
        private byte[] value = NONE;

        ResultRow(ResultSet rows) {
            this.rows = rows;
        }

        @Override
        public boolean find(int column) throws SQLException {
            byte @Nullable [] found = rows.getBytes(column + 1);
            value = found == null ? NONE : found;
            return found != null;
        }

        @Override
        public byte[] bytes() {
            return value;
        }

        @Override
        public int start() {
            return 0;
        }

        @Override
        public int length() {
            return value.length;
        }
    }
}
