package dev.caravan.pipeline.tabletoredshift.watermark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Sessions that write into three tables: transactions with pauses, long statements, waits for one another, rollbacks, and connections that are killed. */
final class RandomWriters implements AutoCloseable {
    private static final int SESSIONS = 8, KEYS = 400;

    private final TimedSource source;
    private final String prefix;
    private final ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
    private final List<Future<?>> running = new ArrayList<>();

    RandomWriters(TimedSource source, String prefix) {
        this.source = source;
        this.prefix = prefix;
    }

    void start(long seed, long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int i = 0; i < SESSIONS; i++) {
            Random random = new Random(seed * 31 + i);
            running.add(threads.submit(() -> {
                while (System.nanoTime() < end) {
                    session(random, end);
                }
                return null;
            }));
        }
    }

    boolean isDone() {
        return running.stream().allMatch(Future::isDone);
    }

    /** Passes on what was thrown, except what the databases said. */
    void check() throws Exception {
        for (Future<?> each : running) {
            each.get();
        }
    }

    private void session(Random random, long end) throws InterruptedException {
        try (Connection connection = source.connect()) {
            TimedSource.run(
                    connection,
                    source == TimedSource.MARIADB ? "SET innodb_lock_wait_timeout = 2" : "SET lock_timeout = '2s'");
            while (System.nanoTime() < end) {
                boolean alone = random.nextInt(4) == 0;
                connection.setAutoCommit(alone);
                for (int i = alone ? 1 : 1 + random.nextInt(3); i > 0; i--) {
                    TimedSource.run(connection, statement(random, alone));
                    pause(random);
                }
                if (!alone) {
                    end(connection, random);
                }
            }
        } catch (SQLException e) {
            // A deadlock, a wait that was too long, or killed: what stands in the source is right.
            if (String.valueOf(e.getSQLState()).startsWith("42")) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void end(Connection connection, Random random) throws SQLException {
        switch (random.nextInt(12)) {
            case 0 -> connection.rollback();
            case 1 -> kill(connection);
            default -> connection.commit();
        }
    }

    private void kill(Connection connection) throws SQLException {
        boolean maria = source == TimedSource.MARIADB;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(maria ? "SELECT CONNECTION_ID()" : "SELECT pg_backend_pid()")) {
            row.next();
            source.run((maria ? "KILL " + row.getLong(1) : "SELECT pg_terminate_backend(" + row.getLong(1) + ")"));
        }
        connection.commit();
    }

    private static void pause(Random random) throws InterruptedException {
        int kind = random.nextInt(20);
        Thread.sleep(kind == 0 ? 1500 + random.nextInt(1500) : kind < 4 ? random.nextInt(600) : random.nextInt(20));
    }

    /** What waits for long before its first row is a transaction of its own: see {@link Horizon#SLACK}. */
    private String statement(Random random, boolean alone) {
        boolean maria = source == TimedSource.MARIADB;
        String now = maria && random.nextBoolean() ? "NOW()" : source.now;
        int key = random.nextInt(KEYS), value = random.nextInt();
        return switch (random.nextInt(7)) {
            case 0, 1 -> merge("merged", key, value, now);
            // An application whose clock is late, by two seconds at the most.
            case 2 -> merge("skewed", key, value, now + " - INTERVAL '" + random.nextInt(2001) / 1000.0 + "' SECOND");
            case 3 ->
                "UPDATE " + prefix + "merged SET v = " + value + ", at = " + now + " WHERE id BETWEEN " + key + " AND "
                        + (key + 3);
            case 4 ->
                "INSERT INTO " + prefix + "added (v, at) SELECT " + value + ", " + now + " FROM (SELECT "
                        + (maria ? "SLEEP(" : "pg_sleep(") + random.nextInt(alone ? 3000 : 300) / 1000.0
                        + ") AS slept) AS slowly";
            default -> "INSERT INTO " + prefix + "added (v, at) VALUES (" + value + ", " + now + ")";
        };
    }

    private String merge(String table, int key, int value, String at) {
        return "INSERT INTO " + prefix + table + " (id, v, at) VALUES (" + key + ", " + value + ", " + at + ")"
                + (source == TimedSource.MARIADB
                        ? " ON DUPLICATE KEY UPDATE v = VALUES(v), at = VALUES(at)"
                        : " ON CONFLICT (id) DO UPDATE SET v = EXCLUDED.v, at = EXCLUDED.at");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
