package dev.caravan.routes.sync;

import static org.awaitility.Awaitility.await;

import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Sessions that move amounts from a row of one table to one of another, each time in one transaction: the sum of both tables stays the same. */
final class Moving implements AutoCloseable {
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicLong committed = new AtomicLong();
    private volatile boolean over;

    /** @param rows ids from 1 in both tables, each with an {@code amount} and an {@code updated_at} */
    Moving(SourceDatabase database, String one, String other, int rows) {
        for (int i = 0; i < 2; i++) {
            Random random = new Random(i);
            running.add(threads.submit(() -> {
                session(database, one, other, rows, random);
                return null;
            }));
        }
    }

    private void session(SourceDatabase database, String one, String other, int rows, Random random)
            throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!over) {
                int amount = 1 + random.nextInt(50); // always from the one: a reading of two moments has another sum
                try {
                    statement.executeUpdate(
                            "UPDATE " + one + " SET updated_at = CURRENT_TIMESTAMP(6), amount = amount - " + amount
                                    + " WHERE id = " + (1 + random.nextInt(rows)));
                    statement.executeUpdate(
                            "UPDATE " + other + " SET updated_at = CURRENT_TIMESTAMP(6), amount = amount + " + amount
                                    + " WHERE id = " + (1 + random.nextInt(rows)));
                    connection.commit();
                    committed.incrementAndGet();
                } catch (SQLException e) {
                    connection.rollback(); // a deadlock
                    if (!String.valueOf(e.getSQLState()).startsWith("40")) {
                        throw e;
                    }
                }
            }
        }
    }

    void awaitMore() {
        long before = committed.get();
        await().until(() -> committed.get() > before + 20 || running.stream().anyMatch(Future::isDone));
    }

    /** Ends them; passes on what was thrown. */
    void end() throws Exception {
        over = true;
        for (Future<?> each : running) {
            each.get();
        }
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
    }
}
