package dev.caravan.pipeline.tabletoredshift.parallel;

import static org.awaitility.Awaitility.await;

import dev.caravan.pipeline.tabletoredshift.parallel.SideBySideTest.Source;
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

/** Sessions that move money between accounts, and accounts between keys: their number and the sum of all they have stay the same. */
final class Transfers implements AutoCloseable {
    private final Source source;
    private final String table;
    private final int accounts;
    private final ExecutorService threads;
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicLong committed = new AtomicLong();
    private volatile boolean over;

    Transfers(Source source, String table, int accounts, int sessions) {
        this.source = source;
        this.table = table;
        this.accounts = accounts;
        threads = Executors.newFixedThreadPool(sessions);
        for (int i = 0; i < sessions; i++) {
            Random random = new Random(i);
            running.add(threads.submit(() -> {
                session(random);
                return null;
            }));
        }
    }

    long committed() {
        return committed.get();
    }

    void awaitMoreThan(long before) {
        await().until(() -> committed.get() > before + 10 || running.stream().anyMatch(Future::isDone));
    }

    /** Passes on what was thrown. */
    void check() throws Exception {
        over = true;
        for (Future<?> each : running) {
            each.get();
        }
    }

    private void session(Random random) throws SQLException {
        try (Connection connection = source.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!over) {
                try {
                    if (random.nextInt(3) == 0) {
                        move(statement, random);
                    } else {
                        transfer(statement, random);
                    }
                    connection.commit();
                    committed.incrementAndGet();
                } catch (SQLException e) {
                    connection.rollback(); // a deadlock, or a key that is taken
                    String state = String.valueOf(e.getSQLState());
                    if (!state.startsWith("40") && !state.startsWith("23")) {
                        throw e;
                    }
                }
            }
        }
    }

    private void transfer(Statement statement, Random random) throws SQLException {
        int amount = random.nextInt(50);
        int from = statement.executeUpdate(balance(random, -amount));
        int to = statement.executeUpdate(balance(random, amount));
        if (from + to != 2) {
            statement.getConnection().rollback(); // one of them has moved away
        }
    }

    private String balance(Random random, int change) {
        return "UPDATE " + table + " SET balance = balance + (" + change + ") WHERE id = " + key(random) * 10;
    }

    /** To another key, often in another range. */
    private void move(Statement statement, Random random) throws SQLException {
        long from = key(random) * 10;
        long to = key(random) * 10 + random.nextInt(2);
        statement.executeUpdate("UPDATE " + table + " SET id = " + to + " WHERE id = " + from);
    }

    private long key(Random random) {
        return 1L + random.nextInt(accounts);
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
    }
}
