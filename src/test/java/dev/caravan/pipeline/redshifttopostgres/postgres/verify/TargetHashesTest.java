package dev.caravan.pipeline.redshifttopostgres.postgres.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirrorTarget;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ApplyDifference;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ApplySettings;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Changes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the target has is read as of one moment, and becomes a base in the same transaction. */
class TargetHashesTest {
    private static final MirrorTarget TARGET = new MirrorTarget();
    private static final MirroredTable TABLE =
            new MirroredTable("public", "t", List.of("id", "at"), List.of("id", "at", "v"));
    private static final String HASH = "CAST(('x' || substr(md5(coalesce(\"v\", 'N')), 1, 15)) AS bit(60))::bigint";
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final TargetHashes HASHES = new TargetHashes(() -> false, TIMEOUT);
    private static final TargetBuckets BUCKETS = new TargetBuckets(() -> false, TIMEOUT);

    @BeforeEach
    void table() throws Exception {
        TARGET.run(
                "DROP SCHEMA IF EXISTS caravan CASCADE",
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id text, at timestamptz, v text, mine text, UNIQUE (id, at))",
                "INSERT INTO t VALUES ('a,\"b', '2026-01-01 12:00+02', 'x'), ('c', '2026-01-02 00:00Z', NULL), (NULL, NULL, 'app')");
    }

    @Test
    void keysAndHashesOfAllRows() throws Exception {
        try (Connection connection = TARGET.connect()) {
            MirrorTarget.rows(
                    connection,
                    "SELECT set_config('TimeZone', 'Asia/Tokyo', false), set_config('DateStyle', 'ISO, DMY', false)");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(HASHES.export(connection, TABLE, HASH, out)).isEqualTo(2);
            assertThat(out.toString(StandardCharsets.UTF_8).lines())
                    .containsExactlyInAnyOrder(
                            "\"a,\"\"b\",2026-01-01 10:00:00+00," + hash("x"), "c,2026-01-02 00:00:00+00," + hash("N"));
            assertThat(TargetLedger.isThere(connection))
                    .as("nothing is written")
                    .isFalse();
        }
    }

    private static BigInteger hash(String of) throws SQLException {
        return new BigInteger(
                TARGET.rows("SELECT substr(md5('" + of + "'), 1, 15)").get(0), 16);
    }

    @Test
    void aTableThatAnotherToolFilledBecomesABase() throws Exception {
        try (Connection connection = TARGET.connect()) {
            Written out = new Written(connection);
            assertThat(HASHES.rebase(connection, "m", TABLE, HASH, new TargetHashes.Base("r1", "v7"), out))
                    .isEqualTo(2);
            assertThat(out.heldWhenClosed).as("before it is committed").isEmpty();
            Held held = TargetLedger.held(connection, "m").orElseThrow();
            assertThat(held.snapshot()).isEqualTo("r1");
            assertThat(held.signature()).isEqualTo("v7");
            Changes changes = new Changes(TABLE).update("c", "2026-01-02 00:00:00+00", "new");
            new ApplyDifference(() -> false)
                    .apply(connection, TABLE, changes.from("r1", "n"), changes.files(), ApplySettings.DEFAULT);
            assertThat(MirrorTarget.rows(connection, "SELECT v FROM t WHERE id = 'c'"))
                    .containsExactly("new");
        }
    }

    @Test
    void withoutTheHashesThereIsNoNewBase() throws Exception {
        try (Connection connection = TARGET.connect()) {
            OutputStream full = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException("no space left");
                }
            };
            assertThatThrownBy(
                            () -> HASHES.rebase(connection, "m", TABLE, HASH, new TargetHashes.Base("r1", "v7"), full))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no space left");
            assertThat(TargetLedger.held(connection, "m")).isEmpty();
            TARGET.run("INSERT INTO t SELECT i, '2026-01-01', 'v' || i FROM generate_series(1, 200000) i");
            assertThatThrownBy(() -> HASHES.export(connection, TABLE, HASH, full))
                    .hasMessage("no space left");
            assertThat(MirrorTarget.rows(connection, "SELECT 'as before'")).containsExactly("as before");
        }
    }

    /** It is committed while the hashes are written; they are of before. */
    @Test
    void aDifferenceThatComesBetweenMakesTheBaseVoid() throws Exception {
        Changes changes = new Changes(TABLE).insert("d", "2026-01-02 00:00:00+00", "new");
        try (Connection connection = TARGET.connect();
                Connection other = TARGET.connect()) {
            new ApplyDifference(() -> false)
                    .apply(connection, TABLE, changes.first("a"), changes.files(), ApplySettings.DEFAULT);
            other.setAutoCommit(false);
            Held held = TargetLedger.lock(other, "m");
            assertThatThrownBy(() -> HASHES.rebase(
                            connection,
                            "m",
                            TABLE,
                            HASH,
                            new TargetHashes.Base("r1", "v7"),
                            OutputStream.nullOutputStream()))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
            TargetLedger.change(other, held, new Held("m", "b", "", "a", 0, 0, 0, held.appliedAt(), Optional.empty()));
            other.commit();
            assertThat(TargetLedger.held(connection, "m").orElseThrow().snapshot())
                    .isEqualTo("b");
            assertThatThrownBy(() -> TargetLedger.change(connection, held, held))
                    .hasMessageContaining("doesn't hold snapshot a of m any more");
        }
    }

    @Test
    void whatWasHalfInIsGivenUpByANewBase() throws Exception {
        Changes changes = new Changes(TABLE)
                .insert("d", "2026-01-02 00:00:00+00", "1")
                .insert("c", "2026-01-02 00:00:00+00", "2");
        try (Connection connection = TARGET.connect()) {
            assertThatThrownBy(() -> new ApplyDifference(() -> false)
                            .apply(
                                    connection,
                                    TABLE,
                                    changes.first("a"),
                                    changes.files(),
                                    ApplySettings.DEFAULT.withChunk(1)))
                    .hasMessageContaining("id = c");
            assertThat(TargetLedger.held(connection, "m").orElseThrow().halfWay())
                    .isPresent();
            HASHES.rebase(
                    connection, "m", TABLE, HASH, new TargetHashes.Base("r", ""), OutputStream.nullOutputStream());
            Held held = TargetLedger.held(connection, "m").orElseThrow();
            assertThat(held.halfWay()).isEmpty();
            assertThat(held.snapshot()).isEqualTo("r");
        }
    }

    @Test
    void bucketsAddUp_andSomeAreReadRowByRow() throws Exception {
        TARGET.run("INSERT INTO t SELECT i, '2026-01-01', 'v' || i FROM generate_series(1, 100) i");
        String bucket = "length(\"id\")";
        try (Connection connection = TARGET.connect()) {
            Buckets all = BUCKETS.count(connection, "m", TABLE, bucket, HASH, List.of());
            assertThat(all.held()).isEmpty();
            assertThat(all.all().stream().map(Bucket::number)).containsExactly(1L, 2L, 3L, 4L);
            assertThat(all.all().stream().mapToLong(Bucket::rows)).containsExactly(10L, 90L, 1L, 1L);
            assertThat(all.all().get(2).sum()).isEqualTo(hash("v100"));
            assertThat(BUCKETS.count(connection, "m", TABLE, bucket, HASH, List.of(3L, 9L))
                            .all())
                    .containsExactly(all.all().get(2));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BUCKETS.rows(connection, "m", TABLE, bucket, HASH, List.of(3L), out);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .isEqualTo("100,2026-01-01 00:00:00+00," + hash("v100") + "\n");
        }
    }

    /** Asks what the target holds when it is closed. */
    private static final class Written extends ByteArrayOutputStream {
        private final Connection asking;
        private Optional<Held> heldWhenClosed = Optional.empty();

        Written(Connection working) throws SQLException {
            asking = TARGET.connect();
            assertThat(working).isNotSameAs(asking);
        }

        @Override
        public void close() throws IOException {
            try (asking) {
                heldWhenClosed = TargetLedger.held(asking, "m");
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
