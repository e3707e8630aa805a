package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever inserts, changes and deletes whatever, and commits it whenever, while runs go on: after the last one the target has the source's rows. */
abstract class DeletingAtRandomTest extends SyncingTest {
    private static final int WRITERS = 4, KEYS = 60, RUNS = 4;

    private final SourceDatabase database;
    private final String type;
    private final String now;

    DeletingAtRandomTest(SourceDatabase database, String type, String now) {
        super(database);
        this.database = database;
        this.type = type;
        this.now = now;
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys", "soft:deleted_at"})
    void inTheEndTheTargetIsAsTheSource(String deletes) throws Exception {
        boolean soft = !deletes.equals("keys");
        long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong(1_000_000));
        source("CREATE TABLE " + schema + ".t (a INT, b VARCHAR(9), v INT, deleted_at " + type + " NULL, updated_at "
                + type + " NOT NULL, PRIMARY KEY (a, b))");
        start(DeletedRowsTest.incremental("deletes", deletes, "maxDeletes", "100"));
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(seed + i);
                writers.add(threads.submit(() -> {
                    while (!over.get()) {
                        transaction(random, soft);
                    }
                    return null;
                }));
            }
            for (int i = 0; i < RUNS; i++) {
                good(run(false));
            }
            over.set(true);
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
        good(run(false));
        assertThat(rows("t", "a || '/' || b || '/' || v", "a, b"))
                .as("seed %d", seed)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(alive());
    }

    private void transaction(Random random, boolean soft) throws InterruptedException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (int i = random.nextInt(4); i >= 0; i--) {
                try (var statement = connection.createStatement()) {
                    statement.execute(statement(random, soft));
                }
                Thread.sleep(random.nextInt(30));
            }
            if (random.nextInt(6) == 0) {
                connection.rollback();
            } else {
                connection.commit();
            }
        } catch (SQLException e) {
            // A deadlock, or a key that is there already: what stands in the source is right.
            if (String.valueOf(e.getSQLState()).startsWith("42")) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String statement(Random random, boolean soft) {
        int a = random.nextInt(KEYS);
        String where = " WHERE a = " + a;
        return switch (random.nextInt(4)) {
            case 0 ->
                soft
                        ? "UPDATE " + schema + ".t SET deleted_at = " + now + ", updated_at = " + now + where
                        : "DELETE FROM " + schema + ".t" + where;
            case 1 ->
                "UPDATE " + schema + ".t SET v = " + random.nextInt() + ", deleted_at = NULL, updated_at = " + now
                        + where;
            default ->
                "INSERT INTO " + schema + ".t (a, b, v, updated_at) VALUES (" + a + ", '"
                        + "xyZ".charAt(random.nextInt(3)) + "', " + random.nextInt() + ", " + now + ")";
        };
    }

    private List<String> alive() throws SQLException {
        List<String> all = new ArrayList<>();
        try (Connection connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT a, b, v FROM " + schema + ".t WHERE deleted_at IS NULL")) {
            while (rows.next()) {
                all.add(rows.getInt(1) + "/" + rows.getString(2) + "/" + rows.getInt(3));
            }
        }
        return all;
    }

    private static void good(Run run) {
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
    }
}
