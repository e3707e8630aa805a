package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.pipeline.tabletoredshift.extract.part.PartSink;
import dev.caravan.pipeline.tabletoredshift.pace.Pace;
import dev.caravan.pipeline.tabletoredshift.source.Opening;
import dev.caravan.pipeline.tabletoredshift.source.SourceCatalog;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.SourceStatement;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.source.TableSize;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import dev.caravan.pipeline.tabletoredshift.watermark.Horizon;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A source as it was at one moment: all rows of all tables that are taken from it are of this moment. It holds a connection and a transaction that writes
 * nothing, and is for one thread.
 */
public abstract class Snapshot implements AutoCloseable {
    final Connection connection;
    private final Horizon horizon;

    Snapshot(Connection connection, Horizon horizon) {
        this.connection = connection;
        this.horizon = horizon;
    }

    /**
     * Begins one.
     *
     * @param connection of the source's driver itself, not of a pool: it is closed in the end, or aborted in the middle of its work
     * @throws SQLException and the connection is closed
     */
    public static Snapshot begin(Connection connection) throws SQLException {
        return begin(connection, Horizon.SLACK);
    }

    /**
     * Begins one.
     *
     * @param connection as {@link #begin(Connection)} has it
     * @param slack see {@link Horizon#SLACK}
     * @throws SQLException and the connection is closed
     */
    public static Snapshot begin(Connection connection, Duration slack) throws SQLException {
        return begin(connection, slack, List.of());
    }

    /**
     * Begins one from which several tables are taken. Neither PostgreSQL's TRUNCATE nor what MySQL calls by a table's name is of a snapshot's moment: so none
     * of these tables can be emptied, altered or renamed until this is closed.
     *
     * @param connection as {@link #begin(Connection)} has it
     * @throws SQLException also if a table can't be had within 10 seconds; and the connection is closed
     */
    public static Snapshot ofTables(Connection connection, List<TableId> tables) throws SQLException {
        return begin(connection, Horizon.SLACK, tables);
    }

    private static Snapshot begin(Connection connection, Duration slack, List<TableId> tables) throws SQLException {
        try {
            Horizon horizon = Horizon.before(connection, slack);
            Snapshot snapshot = switch (SourceKind.of(connection)) {
                case MYSQL -> new MySqlSnapshot(connection, horizon);
                case POSTGRESQL -> new PostgresSnapshot(connection, horizon);
            };
            snapshot.begin(tables);
            return snapshot;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Up to when it has everything. */
    public Horizon horizon() {
        return horizon;
    }

    /** What tables there are. */
    public SourceCatalog catalog() throws SQLException {
        return SourceCatalog.of(connection);
    }

    /** The same, or of what is taken in a table's place. */
    public SourceCatalog catalog(Optional<SourceStatement> statement) throws SQLException {
        return SourceCatalog.of(connection, statement);
    }

    /** How large a table is, about. */
    public TableSize size(SourceTable table) throws SQLException {
        return table.statement().isPresent() ? TableSize.UNKNOWN : TableSize.of(connection, table.id());
    }

    /**
     * Writes the rows of a table into parts. Memory doesn't grow with the table; the thread's interruption ends it. If it fails, the snapshot is of no
     * more use, and parts that are complete already are for the caller to remove.
     *
     * @throws ValueRefused if a value can't be kept as it is
     * @throws NullMarkerTaken if a value is the same as the mark for NULL
     * @throws IOException from the sink
     */
    public Extracted extract(Selection selection, ExtractSettings settings, PartSink sink)
            throws IOException, SQLException, ValueRefused {
        return extract(selection, settings, sink, new ReadSoFar(), Pace.FREE);
    }

    /**
     * The same.
     *
     * @param soFar is told how far it has come
     * @param pace how fast it may be
     */
    public Extracted extract(Selection selection, ExtractSettings settings, PartSink sink, ReadSoFar soFar, Pace pace)
            throws IOException, SQLException, ValueRefused {
        return extract(selection, List.of("").iterator(), settings, sink, soFar, pace);
    }

    /**
     * The same, of several ranges of a table, one after the other; parts go across them.
     *
     * @param ranges conditions in the source's SQL; an empty one is for all that is selected
     */
    public Extracted extract(
            Selection selection,
            Iterator<String> ranges,
            ExtractSettings settings,
            PartSink sink,
            ReadSoFar soFar,
            Pace pace)
            throws IOException, SQLException, ValueRefused {
        RowWriter writer = new RowWriter(selection, settings, sink, soFar);
        RowTaker paced = RowTaker.paced(writer, pace);
        boolean done = false;
        try {
            while (ranges.hasNext()) {
                String range = ranges.next();
                Selection rows = range.isEmpty() ? selection : selection.and(range);
                read(rows.sql(), selection.columns().size(), paced);
            }
            Extracted extracted = writer.finish();
            done = true;
            return extracted;
        } finally {
            if (!done) {
                writer.abandon();
                abort();
            }
        }
    }

    /**
     * Reads the rows of a table as they would be loaded: each value after the policies, without CSV around it. Fails as {@link #extract} does.
     *
     * @param policies the same as the columns were mapped by
     * @return how many there were
     */
    public long read(Selection selection, Set<Policy> policies, LoadedRow.Reader reader)
            throws IOException, SQLException, ValueRefused {
        LoadedRows values = new LoadedRows(selection, policies, reader);
        boolean done = false;
        try {
            read(selection.sql(), selection.columns().size(), values);
            done = true;
            return values.rows();
        } finally {
            if (!done) {
                abort();
            }
        }
    }

    /**
     * The value of a whole number's column that stands a number of rows behind another, by its order: so a table is read in pieces, each of which has as many
     * rows. An index answers it.
     *
     * @param column its name; its values are whole numbers, and it has no NULLs
     * @param from the first that counts; empty for the smallest
     * @return empty if there aren't as many
     */
    public Optional<BigInteger> stepBehind(Selection selection, String column, Optional<BigInteger> from, long rows)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(selection.stepSql(column, from, rows))) {
            return found.next() ? Optional.of(new BigInteger(found.getString(1).strip())) : Optional.empty();
        }
    }

    /**
     * Whether the source would read a selection: it plans it, checks the user's rights, and gives no row.
     *
     * @return its refusal; empty if it would
     * @throws SQLException if it doesn't answer
     */
    public Optional<SQLException> refusal(Selection selection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SAVEPOINT caravan_trial");
            try {
                statement.executeQuery(selection.sql() + " LIMIT 0").close();
                return Optional.empty();
            } catch (SQLException e) {
                statement.execute("ROLLBACK TO SAVEPOINT caravan_trial"); // PostgreSQL does nothing more before
                return Optional.of(e);
            }
        }
    }

    /**
     * The smallest and the largest value of a whole number's column with an index, whichever rows are selected.
     *
     * @return empty if the table has no rows
     */
    public Optional<Extent> extent(TableId table, String column) throws SQLException {
        SourceKind kind = SourceKind.of(connection);
        String name = kind.identifier(column);
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT MIN(" + name + "), MAX(" + name + ") FROM " + kind.identifier(table))) {
            found.next();
            String least = found.getString(1);
            String most = found.getString(2);
            return least == null || most == null
                    ? Optional.empty()
                    : Optional.of(new Extent(new BigInteger(least.strip()), new BigInteger(most.strip())));
        }
    }

    /** What lies between the smallest and the largest value of a column. */
    public record Extent(BigInteger least, BigInteger most) {}

    /** Several connections can't read a table as it was at one moment, in words that go on from "for". */
    public static final class MomentNotShared extends Exception {
        private static final long serialVersionUID = 1;

        MomentNotShared(String reason, Exception cause) {
            super(reason, cause);
        }
    }

    /**
     * Begins others for one table, so that several threads read it as it was at one moment. This one may be of another moment afterwards, which is as good: it
     * is later than that before which {@link #horizon()} has everything.
     *
     * @param opening opens connections as {@link #begin(Connection)} takes them
     * @param number how many
     * @throws MomentNotShared if they can't be; this one is then as good as before, and alone
     * @throws SQLException if this one is of no more use
     */
    public abstract List<Snapshot> beside(TableId table, Opening opening, int number)
            throws MomentNotShared, SQLException;

    /** Ends it at once, whoever reads it; to close it would read all that is left. */
    public void abort() throws SQLException {
        connection.abort(Runnable::run);
    }

    /** Ends it. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Settles what values look like, and begins the transaction at this moment; from then on these tables stay what they are. */
    abstract void begin(List<TableId> tables) throws SQLException;

    /** By a query that reads no row: its lock is kept until the transaction ends. */
    static void hold(Statement statement, SourceKind kind, TableId table) throws SQLException {
        try {
            statement
                    .executeQuery("SELECT 1 FROM " + kind.identifier(table) + " LIMIT 0")
                    .close();
        } catch (SQLException e) {
            throw unheld(table, e);
        }
    }

    static SQLException unheld(TableId table, SQLException e) {
        return new SQLException(table + ": " + e.getMessage(), e.getSQLState(), e.getErrorCode(), e);
    }

    /** Reads rows and has them written, one by one. */
    abstract void read(String sql, int columns, RowTaker taker) throws IOException, SQLException, ValueRefused;
}
