package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.pipeline.tabletoredshift.source.SourceCatalog;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.watermark.Horizon;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

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
        try {
            Horizon horizon = Horizon.before(connection, slack);
            Snapshot snapshot = switch (SourceKind.of(connection)) {
                case MYSQL -> new MySqlSnapshot(connection, horizon);
                case POSTGRESQL -> new PostgresSnapshot(connection, horizon);
            };
            snapshot.begin();
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
        RowWriter writer = new RowWriter(selection, settings, sink);
        boolean done = false;
        try {
            read(selection.sql(), selection.columns().size(), writer);
            Extracted extracted = writer.finish();
            done = true;
            return extracted;
        } finally {
            if (!done) {
                writer.abandon();
                connection.abort(Runnable::run); // to close it would read all that is left
            }
        }
    }

    /** Ends it. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Settles what values look like, and begins the transaction at this moment. */
    abstract void begin() throws SQLException;

    /** Reads rows and has them written, one by one. */
    abstract void read(String sql, int columns, RowWriter writer) throws IOException, SQLException, ValueRefused;
}
