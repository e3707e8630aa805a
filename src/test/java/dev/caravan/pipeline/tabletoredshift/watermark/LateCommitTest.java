package dev.caravan.pipeline.tabletoredshift.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row that is committed after a run's snapshot, with a time from before it, comes with the next run; by the snapshot's own time, it would never come. */
class LateCommitTest {
    private static final Duration SLACK = Duration.ofMillis(100);

    @ParameterizedTest
    @EnumSource
    void aTransactionThatHasWritten(TimedSource source) throws Exception {
        create(source, "late_write");
        try (Connection late = source.connect()) {
            late.setAutoCommit(false);
            TimedSource.run(late, insert(source, "late_write", 1));
            awaitLater(source);
            source.run(insert(source, "late_write", 2));
            commitsBehindASnapshot(source, "late_write", late::commit);
        }
    }

    /** In PostgreSQL, its time is the transaction's. */
    @Test
    void aTransactionThatHasBegunAndWritesLater() throws Exception {
        create(TimedSource.POSTGRES, "late_begin");
        try (Connection late = TimedSource.POSTGRES.connect()) {
            late.setAutoCommit(false);
            TimedSource.run(late, "SELECT 1");
            awaitLater(TimedSource.POSTGRES);
            commitsBehindASnapshot(TimedSource.POSTGRES, "late_begin", () -> {
                TimedSource.run(late, insert(TimedSource.POSTGRES, "late_begin", 1));
                late.commit();
            });
        }
    }

    /** InnoDB knows of no transaction yet. */
    @Test
    void aStatementThatWaitsForAMetadataLock() throws Exception {
        create(TimedSource.MARIADB, "late_lock");
        try (Connection late = TimedSource.MARIADB.connect();
                Connection locks = TimedSource.MARIADB.connect()) {
            TimedSource.run(locks, "LOCK TABLES late_lock WRITE");
            CompletableFuture<Void> insert = running(late, insert(TimedSource.MARIADB, "late_lock", 1));
            awaitWaiting("Waiting for table metadata lock");
            awaitLater(TimedSource.MARIADB);
            Horizon horizon = horizon(TimedSource.MARIADB);
            TimedSource.run(locks, "UNLOCK TABLES");
            insert.join();
            assertThat(horizon.safe()).isBeforeOrEqualTo(written(TimedSource.MARIADB, "late_lock", 1));
            assertThat(horizon.moment()).isAfter(written(TimedSource.MARIADB, "late_lock", 1));
        }
    }

    /** Its clock was read long before its first row. */
    @Test
    void aStatementThatHasNoRowYet() throws Exception {
        create(TimedSource.MARIADB, "late_row");
        try (Connection late = TimedSource.MARIADB.connect()) {
            CompletableFuture<Void> insert = running(
                    late, "INSERT INTO late_row (id, at) SELECT 1, NOW(6) FROM (SELECT SLEEP(3) AS slept) AS slowly");
            awaitWaiting("User sleep");
            awaitLater(TimedSource.MARIADB);
            commitsBehindASnapshot(TimedSource.MARIADB, "late_row", insert::join);
        }
    }

    /** What somebody only reads for hours must not keep a bound back, and our own snapshots must not, in either. */
    @ParameterizedTest
    @EnumSource
    void whoOnlyReadsKeepsNothingBack(TimedSource source) throws Exception {
        create(source, "only_read");
        source.run(insert(source, "only_read", 1));
        try (Snapshot other = Snapshot.begin(source.connect(), SLACK);
                Connection reader = source.connect()) {
            SourceTable table = other.catalog().table(source.table("only_read")).orElseThrow();
            assertThat(TimedSource.rows(other, table, "")).hasSize(1);
            if (source == TimedSource.MARIADB) {
                reader.setAutoCommit(false);
                TimedSource.run(reader, "SELECT * FROM only_read");
            }
            awaitLater(source);
            Horizon horizon = horizon(source);
            assertThat(Duration.between(horizon.safe(), horizon.moment())).isLessThan(Duration.ofMillis(1100));
            assertThat(horizon.warnings()).isEmpty();
        }
    }

    /**
     * InnoDB answers from a copy, which stays as it is while somebody asks all the time: an answer from before isn't taken for one. On a busy machine nobody
     * may ask for a moment, and the copy is a new one.
     */
    @Test
    void aTransactionThatIsNotInAnOldCopy() throws Exception {
        create(TimedSource.MARIADB, "late_copy");
        boolean old = false;
        for (int id = 1; id <= 4 && !old; id++) {
            AtomicBoolean enough = new AtomicBoolean();
            try (Connection late = TimedSource.MARIADB.connect();
                    Connection monitor = TimedSource.MARIADB.connect()) {
                String ask = "SELECT COUNT(*) FROM information_schema.innodb_trx";
                TimedSource.run(monitor, ask);
                CompletableFuture<Void> monitoring = CompletableFuture.runAsync(() -> {
                    while (!enough.get()) {
                        running(monitor, ask).join();
                    }
                });
                late.setAutoCommit(false);
                TimedSource.run(late, insert(TimedSource.MARIADB, "late_copy", id));
                awaitLater(TimedSource.MARIADB);
                Horizon horizon = horizon(TimedSource.MARIADB);
                enough.set(true);
                monitoring.join();
                late.commit();
                old = horizon.warnings().stream().anyMatch(warning -> warning.contains("all the time"));
                if (!old) {
                    assertThat(horizon.safe()).isBefore(written(TimedSource.MARIADB, "late_copy", id));
                }
            }
        }
    }

    private static void create(TimedSource source, String table) throws SQLException {
        source.run("CREATE TABLE " + table + " (id INT PRIMARY KEY, at " + source.type + " NOT NULL)");
    }

    private static String insert(TimedSource source, String table, int id) {
        return "INSERT INTO " + table + " (id, at) VALUES (" + id + ", " + source.now + ")";
    }

    private static CompletableFuture<Void> running(Connection connection, String sql) {
        return CompletableFuture.runAsync(() -> {
            try {
                TimedSource.run(connection, sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** So much later that the second is another one, whatever is rounded. */
    private static void awaitLater(TimedSource source) throws SQLException {
        try (Connection connection = source.connect()) {
            Instant begun = clock(source, connection);
            Awaitility.await().until(() -> clock(source, connection).isAfter(begun.plusMillis(1200)));
        }
    }

    private static void awaitWaiting(String state) throws SQLException {
        try (Connection connection = TimedSource.MARIADB.connect();
                Statement statement = connection.createStatement()) {
            Awaitility.await().until(() -> {
                try (ResultSet row = statement.executeQuery(
                        "SELECT COUNT(*) FROM information_schema.processlist WHERE state = '" + state + "'")) {
                    return row.next() && row.getInt(1) > 0;
                }
            });
        }
    }

    private static Horizon horizon(TimedSource source) throws SQLException {
        try (Snapshot snapshot = Snapshot.begin(source.connect(), SLACK)) {
            return snapshot.horizon();
        }
    }

    private static Instant clock(TimedSource source, Connection connection) throws SQLException {
        return source == TimedSource.MARIADB
                ? instant(connection, "SELECT UNIX_TIMESTAMP(NOW(6))")
                : instant(connection, "SELECT extract(epoch FROM clock_timestamp())");
    }

    private static Instant written(TimedSource source, String table, int id) throws SQLException {
        try (Connection connection = source.connect()) {
            String epoch = source == TimedSource.MARIADB ? "UNIX_TIMESTAMP(at)" : "extract(epoch FROM at)";
            return instant(connection, "SELECT " + epoch + " FROM " + table + " WHERE id = " + id);
        }
    }

    private static Instant instant(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return Instant.EPOCH.plusNanos(
                    row.getBigDecimal(1).movePointRight(9).longValueExact());
        }
    }

    private interface Late {
        void commit() throws Exception;
    }

    /** Row 1 comes after the snapshot. */
    private static void commitsBehindASnapshot(TimedSource source, String table, Late late) throws Exception {
        Horizon horizon;
        try (Snapshot snapshot = Snapshot.begin(source.connect(), SLACK)) {
            horizon = snapshot.horizon();
            late.commit();
            assertThat(ids(source, snapshot, table, Optional.empty())).doesNotContain("1");
        }
        Watermark naive = new Watermark(horizon.moment(), 0), safe = new Watermark(horizon.safe(), 0);
        try (Snapshot snapshot = Snapshot.begin(source.connect(), SLACK)) {
            assertThat(ids(source, snapshot, table, Optional.of(naive))).doesNotContain("1");
            assertThat(ids(source, snapshot, table, Optional.of(safe))).contains("1");
        }
    }

    private static List<String> ids(TimedSource source, Snapshot snapshot, String name, Optional<Watermark> low)
            throws Exception {
        SourceTable table = snapshot.catalog().table(source.table(name)).orElseThrow();
        Increment increment = Increment.merged(
                source.kind, TimedSource.column(table, "at"), Optional.empty(), low, snapshot.horizon(), Duration.ZERO);
        return TimedSource.rows(snapshot, table, increment.condition()).stream()
                .map(row -> row.get(0))
                .toList();
    }
}
