package dev.caravan.sandbox.chaos.tables;

import dev.caravan.sandbox.run.RunFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An application at work: transactions of a few statements, some of which stay open for seconds, and some are rolled back. */
final class TableWriter implements AutoCloseable {
    private static final int PAUSE_MILLIS = 40, LONGEST_MILLIS = 6_000;

    private static final List<ChangingTable> TABLES = List.of(ChangingTable.values());

    private final ChangingSource source;
    private final Random random;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private final AtomicInteger committed = new AtomicInteger();
    private volatile Optional<SQLException> failure = Optional.empty();

    private TableWriter(ChangingSource source, Random random) {
        this.source = source;
        this.random = random;
        thread = new Thread(this::write, "writes-" + source.name());
        thread.setDaemon(true);
    }

    static TableWriter start(ChangingSource source, Random random) {
        TableWriter writer = new TableWriter(source, random);
        writer.thread.start();
        return writer;
    }

    /** Has it end; how many transactions it has committed. Throws {@link RunFailure} if it could not go on. */
    int stop() {
        close();
        failure.ifPresent(e -> {
            throw new RunFailure("Nobody could write to " + source.name(), e);
        });
        return committed.get();
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try (Connection connection = source.writer();
                Statement statement = connection.createStatement()) {
            while (!stop.await(random.nextInt(PAUSE_MILLIS), TimeUnit.MILLISECONDS)) {
                try {
                    transaction(connection, statement);
                } catch (SQLException e) {
                    if (!passes(e)) {
                        throw e;
                    }
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            failure = Optional.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void transaction(Connection connection, Statement statement) throws SQLException, InterruptedException {
        int statements = 1 + random.nextInt(4);
        for (int i = 0; i < statements; i++) {
            ChangingTable table = TABLES.get(random.nextInt(TABLES.size()));
            statement.executeUpdate(table.change(random));
        }
        if (random.nextInt(20) == 0) {
            var unused = stop.await(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
        }
        if (random.nextInt(10) == 0) {
            connection.rollback();
        } else {
            connection.commit();
            committed.incrementAndGet();
        }
    }

    /** Deadlocks, waits for locks that took too long (MariaDB's is HY000 with code 1205), keys that are there already. */
    private static boolean passes(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("40") || state.startsWith("23") || e.getErrorCode() == 1205;
    }
}
