package dev.caravan.sandbox.bench.mirror;

import dev.caravan.sandbox.run.RunFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Reads a row by its key all the time, in a thread of its own, and notes how long the longest took. */
final class Reader implements AutoCloseable {
    private final ItemTables tables;
    private final int rows;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Thread thread = new Thread(this::read, "reader");
    private volatile boolean stop;
    private volatile long longestNanos;
    private volatile Optional<SQLException> failure = Optional.empty();

    private Reader(ItemTables tables, int rows) {
        this.tables = tables;
        this.rows = rows;
    }

    /** Returns when it has read once. */
    static Reader start(ItemTables tables, int rows) {
        Reader reader = new Reader(tables, rows);
        reader.thread.setDaemon(true);
        reader.thread.start();
        try {
            reader.begun.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return reader;
    }

    /** Has it end. Throws {@link RunFailure} if it could not read. */
    double longestMillis() {
        close();
        failure.ifPresent(e -> {
            throw new RunFailure("A reader failed", e);
        });
        return longestNanos / 1e6;
    }

    @Override
    public void close() {
        stop = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (Connection connection = tables.connect();
                PreparedStatement query = connection.prepareStatement("SELECT note FROM bench.items WHERE id = ?")) {
            one(query, 1);
            begun.countDown();
            for (long n = 1; !stop; n++) {
                long from = System.nanoTime();
                one(query, 1 + n * 7919 % rows);
                longestNanos = Math.max(longestNanos, System.nanoTime() - from);
            }
        } catch (SQLException e) {
            failure = Optional.of(e);
        } finally {
            begun.countDown();
        }
    }

    private static void one(PreparedStatement query, long id) throws SQLException {
        query.setLong(1, id);
        try (ResultSet row = query.executeQuery()) {
            row.next();
        }
    }
}
