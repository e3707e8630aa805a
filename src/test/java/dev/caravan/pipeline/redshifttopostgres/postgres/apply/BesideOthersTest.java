package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirrorTarget;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Others read and write the same table, wait for the same mirror, and stop it. */
class BesideOthersTest {
    private static final MirrorTarget TARGET = new MirrorTarget();
    private static final MirroredTable TABLE = new MirroredTable("public", "t", List.of("id"), List.of("id", "v"));
    private static final ApplySettings IMPATIENT = ApplySettings.DEFAULT.withLockTimeout(Duration.ofMillis(300));

    @BeforeEach
    void table() throws Exception {
        TARGET.run(
                "DROP SCHEMA IF EXISTS caravan CASCADE",
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id bigint PRIMARY KEY, v text)");
        apply(new Changes(TABLE).insert(1, "a").insert(2, "a"), "", "a");
    }

    /** The row of t that a trigger waits for is held by another transaction. */
    @Test
    void readersSeeTheOldSnapshotUntilTheNewOneIsThere_andWaitForNothing() throws Exception {
        try (Connection writer = TARGET.connect();
                Connection reader = TARGET.connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("SELECT * FROM t WHERE id = 2 FOR UPDATE");
            CompletableFuture<Applied> applying = inBackground(
                    new Changes(TABLE).update(1, "b").update(2, "b").insert(3, "b"));
            awaitWaiting();
            reader.createStatement().execute("SET statement_timeout = '5s'");
            assertThat(MirrorTarget.rows(reader, "SELECT id, v FROM t ORDER BY id"))
                    .containsExactly("1|a", "2|a");
            assertThat(TargetLedger.held(reader, "m").orElseThrow().snapshot()).isEqualTo("a");
            writer.rollback();
            applying.join();
            assertThat(MirrorTarget.rows(reader, "SELECT id, v FROM t ORDER BY id"))
                    .containsExactly("1|b", "2|b", "3|b");
        }
    }

    @Test
    void aLockOfOthersIsWaitedForBriefly_andMayPass() throws Exception {
        try (Connection writer = TARGET.connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            for (String locking : List.of(
                    "UPDATE t SET v = 'mine' WHERE id = 1",
                    "LOCK TABLE t IN ACCESS EXCLUSIVE MODE",
                    "SELECT * FROM caravan.mirrors FOR UPDATE")) {
                statement.execute(locking);
                assertThatThrownBy(() -> apply(new Changes(TABLE).update(1, "b"), "a", "b", IMPATIENT, () -> false))
                        .isInstanceOfSatisfying(SQLException.class, e -> {
                            assertThat(e.getSQLState()).isEqualTo("55P03");
                            assertThat(PostgresFailures.of(e).mayPass()).isTrue();
                        });
                writer.rollback();
            }
        }
        assertThat(TARGET.rows("SELECT id, v FROM t ORDER BY id")).containsExactly("1|a", "2|a");
    }

    @Test
    void aStoppingInstanceEndsWhatItDoes_alsoAStatementThatWaits() throws Exception {
        try (Connection writer = TARGET.connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("UPDATE t SET v = 'mine' WHERE id = 1");
            AtomicBoolean stopping = new AtomicBoolean();
            CompletableFuture<Applied> applying = CompletableFuture.supplyAsync(() -> {
                try {
                    return apply(
                            new Changes(TABLE).update(1, "b"),
                            "a",
                            "b",
                            IMPATIENT.withLockTimeout(Duration.ofMinutes(5)),
                            stopping::get);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            awaitWaiting();
            stopping.set(true);
            assertThatThrownBy(applying::join).hasMessageContaining("canceling statement due to user request");
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> apply(new Changes(TABLE).update(1, "b"), "a", "b"))
                    .hasMessageContaining("this instance stops");
            assertThat(Thread.interrupted()).isTrue();
        }
        apply(new Changes(TABLE).update(1, "b"), "a", "b");
    }

    @Test
    void whoeverComesSecondFindsItDone_andAZombieChangesNothing() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Changes old = new Changes(TABLE).update(1, "b").delete(2);
        List<DifferenceFile> slow = old.files().stream()
                .map(file -> new DifferenceFile(
                        file.name(), DifferenceFile.USUAL_NULL, () -> waiting(file.open(), reading, goOn)))
                .toList();
        CompletableFuture<Applied> zombie = CompletableFuture.supplyAsync(() -> {
            try (Connection connection = TARGET.connect()) {
                return new ApplyDifference(() -> false)
                        .apply(connection, TABLE, old.from("a", "b"), slow, ApplySettings.DEFAULT);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        reading.await();
        assertThat(apply(old, "a", "b").already()).isFalse();
        apply(new Changes(TABLE).update(1, "c").insert(2, "c"), "b", "c");
        goOn.countDown();
        assertThatThrownBy(zombie::join).hasMessageContaining("PostgreSQL holds snapshot c of m");
        assertThat(TARGET.rows("SELECT id, v FROM t ORDER BY id")).containsExactly("1|c", "2|c");
    }

    @Test
    void aFileThatBreaksOffLeavesNothing_andTheConnectionIsGood() throws Exception {
        Changes changes = new Changes(TABLE).update(1, "b");
        List<DifferenceFile> broken = List.of(new DifferenceFile(
                "s3://lake/m/0",
                DifferenceFile.USUAL_NULL,
                () -> new FilterInputStream(new ByteArrayInputStream("U,1".getBytes(StandardCharsets.UTF_8))) {
                    @Override
                    public int read(byte[] to, int offset, int length) throws IOException {
                        int read = super.read(to, offset, length);
                        if (read < 0) {
                            throw new IOException("connection reset");
                        }
                        return read;
                    }
                }));
        try (Connection connection = TARGET.connect()) {
            ApplyDifference apply = new ApplyDifference(() -> false);
            assertThatThrownBy(
                            () -> apply.apply(connection, TABLE, changes.from("a", "b"), broken, ApplySettings.DEFAULT))
                    .isInstanceOf(IOException.class)
                    .hasMessage("connection reset");
            assertThat(apply.apply(connection, TABLE, changes.from("a", "b"), changes.files(), ApplySettings.DEFAULT)
                            .updated())
                    .isEqualTo(1);
        }
    }

    private static InputStream waiting(InputStream rows, CountDownLatch reading, CountDownLatch goOn) {
        return new FilterInputStream(rows) {
            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                reading.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return super.read(to, offset, length);
            }
        };
    }

    private static void awaitWaiting() {
        Awaitility.await()
                .until(() ->
                        !TARGET.rows("SELECT 1 FROM pg_locks WHERE NOT granted").isEmpty());
    }

    private static CompletableFuture<Applied> inBackground(Changes changes) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return apply(
                        changes, "a", "b", ApplySettings.DEFAULT.withLockTimeout(Duration.ofMinutes(5)), () -> false);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Applied apply(Changes changes, String base, String snapshot) throws Exception {
        return apply(changes, base, snapshot, ApplySettings.DEFAULT, () -> false);
    }

    private static Applied apply(
            Changes changes, String base, String snapshot, ApplySettings settings, BooleanSupplier stopping)
            throws Exception {
        try (Connection connection = TARGET.connect()) {
            return new ApplyDifference(stopping)
                    .apply(connection, TABLE, changes.from(base, snapshot), changes.files(), settings);
        }
    }
}
