package dev.caravan.pipeline.redshifttopostgres.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what PostgreSQL does for a connection when this instance stops, or the thread that waits for it is interrupted: the driver itself waits on, for a
 * statement of minutes. It fails with {@link SqlState#QUERY_CANCELED}, and the transaction is rolled back.
 */
public final class Cancelling implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cancelling.class);
    private static final long LOOK_MILLIS = 200;

    private final PGConnection connection;
    private final BooleanSupplier stopping;
    private final Thread worker = Thread.currentThread();
    private final Thread watcher = new Thread(this::watch, "caravan-mirror-watch");
    private final CountDownLatch closed = new CountDownLatch(1);

    private Cancelling(PGConnection connection, BooleanSupplier stopping) {
        this.connection = connection;
        this.stopping = stopping;
    }

    /** Looks until it is closed; the calling thread is the one that works. */
    public static Cancelling when(BooleanSupplier stopping, Connection connection) throws SQLException {
        Cancelling cancelling = new Cancelling(connection.unwrap(PGConnection.class), stopping);
        cancelling.watcher.setDaemon(true);
        cancelling.watcher.start();
        return cancelling;
    }

    /** @throws SQLException if there is no point in going on */
    public void check() throws SQLException {
        if (isOver()) {
            throw new SQLException("this instance stops, and with it what it did in PostgreSQL", "57014");
        }
    }

    private boolean isOver() {
        return worker.isInterrupted() || stopping.getAsBoolean();
    }

    private void watch() {
        try {
            while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (isOver()) {
                    connection.cancelQuery();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.warn("A statement of PostgreSQL couldn't be cancelled: {}", e.getMessage());
        }
    }

    /** Waits until nothing more is cancelled: the connection is another's next. */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        while (watcher.isAlive()) {
            try {
                watcher.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
