package dev.caravan.pipeline.tabletoredshift.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.caravan.pipeline.tabletoredshift.extract.ExtractSettings;
import dev.caravan.pipeline.tabletoredshift.extract.Extracted;
import dev.caravan.pipeline.tabletoredshift.extract.MemoryParts;
import dev.caravan.pipeline.tabletoredshift.extract.ReadSoFar;
import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.extract.part.PartSink;
import dev.caravan.pipeline.tabletoredshift.pace.Pace;
import dev.caravan.pipeline.tabletoredshift.source.Opening;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What several connections read of a table is what one would have read: each row once, all of one moment, or nothing. */
class SideBySideTest {
    private static final int READINGS = 25;
    private static final ExtractSettings SETTINGS = new ExtractSettings("~null", Codec.ZSTD, 100_000, Set.of());

    /** Which server, and what it takes to read it. */
    enum Source {
        MARIADB,
        POSTGRES;

        SourceDatabase database() {
            return this == MARIADB ? SharedSources.mariaDb() : SharedSources.postgres();
        }

        TableId table(String name) {
            return new TableId(this == MARIADB ? "shop" : "public", name);
        }

        String numbers(int rows) {
            return this == MARIADB
                    ? "SELECT seq AS n FROM seq_1_to_" + rows
                    : "SELECT n FROM generate_series(1, " + rows + ") n";
        }

        void run(String... statements) throws SQLException {
            try (Connection connection = database().connect();
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReadIsOfOneMoment_whateverMovesMeanwhile(Source source) throws Exception {
        String table = "accounts_" + source.name().toLowerCase(Locale.ROOT);
        source.run(
                "CREATE TABLE " + table + " (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL, owner CHAR(40) NOT NULL)",
                "INSERT INTO " + table + " SELECT n * 10, 100, 'owner' FROM (" + source.numbers(5_000) + ") s");
        try (Transfers transfers = new Transfers(source, table, 5_000, 4)) {
            for (int i = 0; i < READINGS; i++) {
                long before = transfers.committed();
                MemoryParts parts = new MemoryParts();
                Extracted extracted = read(source, table, 4, parts, Pace.FREE);
                List<List<String>> rows = parts.rows(SETTINGS);
                assertThat(extracted.rows()).isEqualTo(5_000);
                assertThat(rows).hasSize(5_000);
                assertThat(rows.stream().map(row -> row.get(2).substring(0, 5)).distinct())
                        .containsExactly("owner");
                assertThat(rows.stream().map(row -> row.get(0)).distinct()).hasSize(5_000);
                assertThat(rows.stream()
                                .mapToLong(row -> Long.parseLong(row.get(1)))
                                .sum())
                        .as("nobody's money is lost")
                        .isEqualTo(500_000);
                transfers.awaitMoreThan(before);
            }
            transfers.check();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachRowComesOnce_whateverTheKeysAre(Source source) throws Exception {
        String kind = source == Source.MARIADB ? "BIGINT UNSIGNED" : "BIGINT";
        String least = source == Source.MARIADB ? "0" : "-9223372036854775808";
        String most = source == Source.MARIADB ? "18446744073709551615" : "9223372036854775807";
        source.run(
                "CREATE TABLE spread_out (id " + kind + ", second INT, PRIMARY KEY (id, second))",
                "INSERT INTO spread_out VALUES (" + least + ", 1), (" + most + ", 1), (" + most + ", 2)",
                "INSERT INTO spread_out SELECT n, 1 FROM (" + source.numbers(3_000) + ") s");
        MemoryParts parts = new MemoryParts();
        Extracted extracted = read(source, "spread_out", 3, parts, Pace.FREE);
        assertThat(extracted.rows()).isEqualTo(3_003);
        assertThat(parts.rows(SETTINGS))
                .hasSize(3_003)
                .doesNotHaveDuplicates()
                .contains(List.of(least, "1"), List.of(most, "1"), List.of(most, "2"), List.of("3000", "1"));
        assertThat(extracted.parts().stream().map(Extracted.Part::number)).doesNotHaveDuplicates();
        assertThat(extracted.parts().stream().mapToLong(Extracted.Part::rows).sum())
                .isEqualTo(3_003);
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyTableHasNothingToShare(Source source) throws Exception {
        source.run("CREATE TABLE nobody (id INT PRIMARY KEY)");
        MemoryParts parts = new MemoryParts();
        assertThat(read(source, "nobody", 4, parts, Pace.FREE).rows()).isZero();
        assertThat(parts.rows(SETTINGS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatIsRefusedEndsAllOfThem(Source source) throws Exception {
        source.run(
                "CREATE TABLE one_bad (id INT PRIMARY KEY, text " + (source == Source.MARIADB ? "LONGTEXT" : "TEXT")
                        + ")",
                "INSERT INTO one_bad SELECT n, 'good' FROM (" + source.numbers(20_000) + ") s",
                "UPDATE one_bad SET text = repeat('x', 70000) WHERE id = 13000");
        MemoryParts parts = new MemoryParts();
        AtomicInteger paced = new AtomicInteger();
        assertThatThrownBy(() -> read(source, "one_bad", 4, parts, paced::incrementAndGet))
                .isInstanceOf(ValueRefused.class)
                .hasMessageContaining("id=13000");
        assertThat(parts.abandoned()).as("of each that had begun one").isBetween(1, 4);
        int rows = paced.get();
        await().during(Duration.ofMillis(300)).until(() -> paced.get() == rows);
    }

    @ParameterizedTest
    @EnumSource
    void aSinkThatIsFullEndsAllOfThem_andSoDoesAnInterruption(Source source) throws Exception {
        source.run(
                "CREATE TABLE too_much (id INT PRIMARY KEY)",
                "INSERT INTO too_much SELECT n FROM (" + source.numbers(20_000) + ") s");
        MemoryParts parts = new MemoryParts();
        assertThatThrownBy(() -> read(
                        source,
                        "too_much",
                        4,
                        number -> {
                            if (number == 3) {
                                throw new IOException("full");
                            }
                            return parts.open(number);
                        },
                        Pace.FREE))
                .hasMessage("full");
        Thread reader = Thread.currentThread();
        assertThatThrownBy(() -> read(source, "too_much", 4, parts, reader::interrupt))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aTableThatCantBeLockedSoonIsReadByOneConnection_andNobodyWaitsForLong() throws Exception {
        Source.MARIADB.run(
                "CREATE TABLE written_to (id INT PRIMARY KEY)", "INSERT INTO written_to SELECT seq FROM seq_1_to_1000");
        try (Connection writer = SharedSources.mariaDb().connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO written_to VALUES (0)");
            long start = System.nanoTime();
            try (Snapshot snapshot = Snapshot.begin(SharedSources.mariaDb().connect());
                    Connections connections = connections(Source.MARIADB, snapshot, "written_to", 4)) {
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
                assertThat(connections.number()).isEqualTo(1);
                assertThat(connections.warning())
                        .startsWith(
                                "shop.written_to is read by one connection, and not by 4 (parallel), for it couldn't be"
                                        + " locked within 3 seconds");
                Source.MARIADB.run("SET lock_wait_timeout = 1", "INSERT INTO written_to VALUES (5000)");
                writer.commit();
                assertThat(extract(Source.MARIADB, snapshot, connections, "written_to", new MemoryParts(), Pace.FREE)
                                .rows())
                        .isEqualTo(1_000);
            }
        }
    }

    @Test
    void aTableThatMayNotBeLockedIsReadByOneConnection() throws Exception {
        Source.MARIADB.run(
                "CREATE TABLE not_locked (id INT PRIMARY KEY)",
                "INSERT INTO not_locked VALUES (1), (2), (3)",
                "CREATE USER lockless IDENTIFIED BY 'p'",
                "GRANT SELECT ON shop.* TO lockless");
        Opening opening =
                () -> DriverManager.getConnection(SharedSources.mariaDb().url(), "lockless", "p");
        try (Snapshot snapshot = Snapshot.begin(opening.open());
                Connections connections = connections(Source.MARIADB, snapshot, "not_locked", 2, opening)) {
            assertThat(connections.number()).isEqualTo(1);
            assertThat(connections.warning()).contains("may not lock it", "GRANT LOCK TABLES ON `shop`.* TO");
            assertThat(extract(Source.MARIADB, snapshot, connections, "not_locked", new MemoryParts(), Pace.FREE)
                            .rows())
                    .isEqualTo(3);
        }
        Source.MARIADB.run("GRANT LOCK TABLES ON shop.* TO lockless");
        try (Snapshot snapshot = Snapshot.begin(opening.open());
                Connections connections = connections(Source.MARIADB, snapshot, "not_locked", 2, opening)) {
            assertThat(connections.number()).isEqualTo(2);
            Source.MARIADB.run(
                    "SET lock_wait_timeout = 1", "INSERT INTO not_locked VALUES (4)"); // nobody holds a lock any more
            assertThat(extract(Source.MARIADB, snapshot, connections, "not_locked", new MemoryParts(), Pace.FREE)
                            .rows())
                    .isEqualTo(3);
        }
    }

    /** As when its machine is suspended: the server itself takes the lock away, and what was begun since isn't taken for the same moment. */
    @Test
    void aProcessThatStandsStillHoldsNoLock() throws Exception {
        Source.MARIADB.run("CREATE TABLE held (id INT PRIMARY KEY)", "INSERT INTO held VALUES (1), (2), (3)");
        AtomicInteger opened = new AtomicInteger();
        Slowed.Stop untilSomebodyHasWritten = () -> {
            Source.MARIADB.run("SET lock_wait_timeout = 20", "INSERT INTO held VALUES (4)");
            Source.MARIADB.run("DELETE FROM held WHERE id = 4");
        };
        Opening slow = () -> {
            Connection connection = SharedSources.mariaDb().connect();
            return opened.incrementAndGet() == 1
                    ? connection
                    : Slowed.before("START TRANSACTION", untilSomebodyHasWritten, connection);
        };
        try (Snapshot snapshot = Snapshot.begin(SharedSources.mariaDb().connect());
                Connections connections = connections(Source.MARIADB, snapshot, "held", 2, slow)) {
            assertThat(opened).hasValue(2);
            assertThat(connections.number()).isEqualTo(1);
            assertThat(connections.warning()).contains("is read by one connection");
            assertThat(extract(Source.MARIADB, snapshot, connections, "held", new MemoryParts(), Pace.FREE)
                            .rows())
                    .isEqualTo(3);
        }
    }

    /** They hold no lock when their session has gone, and may be committed between two snapshots. */
    @Test
    void preparedTransactionsKeepATableFromBeingShared() throws Exception {
        Source.MARIADB.run("CREATE TABLE half_done (id INT PRIMARY KEY)", "INSERT INTO half_done VALUES (1), (2), (3)");
        Source.MARIADB.run("XA START 'half'", "INSERT INTO half_done VALUES (4)", "XA END 'half'", "XA PREPARE 'half'");
        try (Snapshot snapshot = Snapshot.begin(SharedSources.mariaDb().connect());
                Connections connections = connections(Source.MARIADB, snapshot, "half_done", 2)) {
            assertThat(connections.number()).isEqualTo(1);
            assertThat(connections.warning()).containsAnyOf("two-phase commit has prepared", "couldn't be locked");
        } finally {
            Source.MARIADB.run("XA ROLLBACK 'half'");
        }
        assertThat(read(Source.MARIADB, "half_done", 2, new MemoryParts(), Pace.FREE)
                        .rows())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatTakesNoMoreConnectionsIsReadByOne(Source source) throws Exception {
        source.run("CREATE TABLE lonely (id INT PRIMARY KEY)", "INSERT INTO lonely VALUES (1), (2), (3)");
        Opening full = () -> {
            throw new SQLException("Too many connections");
        };
        try (Snapshot snapshot = Snapshot.begin(source.database().connect());
                Connections connections = connections(source, snapshot, "lonely", 2, full)) {
            assertThat(connections.warning()).contains("Too many connections");
            assertThat(extract(source, snapshot, connections, "lonely", new MemoryParts(), Pace.FREE)
                            .rows())
                    .isEqualTo(3);
        }
    }

    private static Extracted read(Source source, String table, int number, PartSink sink, Pace pace) throws Exception {
        try (Snapshot snapshot = Snapshot.begin(source.database().connect());
                Connections connections = connections(source, snapshot, table, number)) {
            assertThat(connections.warning()).isEmpty();
            return extract(source, snapshot, connections, table, sink, pace);
        }
    }

    private static Connections connections(Source source, Snapshot first, String table, int number)
            throws SQLException {
        return connections(source, first, table, number, source.database()::connect);
    }

    private static Connections connections(Source source, Snapshot first, String table, int number, Opening opening)
            throws SQLException {
        SourceTable found = first.catalog().table(source.table(table)).orElseThrow();
        return Connections.of(first, found, new Splitting(number, "id", ""), opening);
    }

    private static Extracted extract(
            Source source, Snapshot snapshot, Connections connections, String table, PartSink sink, Pace pace)
            throws Exception {
        SourceTable found = snapshot.catalog().table(source.table(table)).orElseThrow();
        Selection all = Selection.all(TypeMapping.of(found, Set.of()));
        return connections.extract(all, SETTINGS, sink, new ReadSoFar(), pace);
    }
}
