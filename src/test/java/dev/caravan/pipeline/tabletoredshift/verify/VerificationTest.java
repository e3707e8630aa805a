package dev.caravan.pipeline.tabletoredshift.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.pipeline.tabletoredshift.verify.Difference.Kind;
import dev.caravan.redshift.target.TableName;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What differs is found, named by its range and its keys, and nothing else is. */
class VerificationTest {
    private static final Sizes SMALL = new Sizes(40, 10, 16, 1_000, 5);

    private enum Source {
        MARIADB,
        POSTGRES;

        SourceDatabase database() {
            return this == MARIADB ? SharedSources.mariaDb() : SharedSources.postgres();
        }

        TableId table(String name) {
            return new TableId(this == MARIADB ? "shop" : "public", name);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatDifferAreNamedByRangeAndKey(Source source) throws Exception {
        numbers(source, "v_numbers");
        assertThat(verify(source, "v_numbers", "", "id")).isEqualTo(new VerifyResult(100, 100, List.of()));
        cluster(
                "DELETE FROM v_numbers WHERE id = 30",
                "INSERT INTO v_numbers VALUES (31, 'new'), (-5, 'below all'), (5000, 'above all'), (NULL, 'nobody')",
                "UPDATE v_numbers SET name = 'n-6O' WHERE id = 60");
        assertThat(verify(source, "v_numbers", "", "id"))
                .isEqualTo(new VerifyResult(
                        100,
                        103,
                        List.of(
                                new Difference(
                                        "id to 109",
                                        10,
                                        12,
                                        List.of(
                                                new Difference.Key(Kind.MISSING, "id=30"),
                                                new Difference.Key(Kind.CHANGED, "id=60"),
                                                new Difference.Key(Kind.EXTRA, "id=31"),
                                                new Difference.Key(Kind.EXTRA, "id=-5"),
                                                new Difference.Key(Kind.EXTRA, "id=NULL"))),
                                new Difference("id from 810", 20, 21, List.of()))));
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatIsThereTwiceIsFound(Source source) throws Exception {
        numbers(source, "v_twice");
        cluster("INSERT INTO v_twice SELECT * FROM v_twice WHERE id = 500");
        assertThat(verify(source, "v_twice", "", "id"))
                .isEqualTo(new VerifyResult(
                        100,
                        101,
                        List.of(new Difference(
                                "id from 410 to 509", 10, 11, List.of(new Difference.Key(Kind.REPEATED, "id=500"))))));
        cluster("DELETE FROM v_twice WHERE id = 490");
        assertThat(verify(source, "v_twice", "", "id").differences().get(0).keys())
                .containsExactly(
                        new Difference.Key(Kind.MISSING, "id=490"), new Difference.Key(Kind.REPEATED, "id=500"));
    }

    @ParameterizedTest
    @EnumSource
    void emptyTextIsntNull(Source source) throws Exception {
        both(source, "CREATE TABLE v_empty (id INT PRIMARY KEY, a VARCHAR(10), b VARCHAR(10))");
        both(source, "INSERT INTO v_empty VALUES (1, '', NULL), (2, NULL, ''), (3, 'NULL', 'n')");
        assertThat(verify(source, "v_empty", "", "id").isSame()).isTrue();
        cluster("UPDATE v_empty SET a = NULL WHERE id = 1", "UPDATE v_empty SET a = '' WHERE id = 2");
        assertThat(verify(source, "v_empty", "", "id").differences().get(0).keys())
                .containsExactly(new Difference.Key(Kind.CHANGED, "id=1"), new Difference.Key(Kind.CHANGED, "id=2"));
    }

    /** The values of two columns, or where one ends, can't be taken for others that look alike when they are put together. */
    @ParameterizedTest
    @EnumSource
    void valuesThatMoveToAnotherColumnAreFound(Source source) throws Exception {
        both(source, "CREATE TABLE v_moved (id INT PRIMARY KEY, a VARCHAR(10), b VARCHAR(10))");
        both(source, "INSERT INTO v_moved VALUES (1, 'ab', 'c'), (2, 'x', 'y')");
        cluster(
                "UPDATE v_moved SET a = 'a', b = 'bc' WHERE id = 1",
                "UPDATE v_moved SET a = 'y', b = 'x' WHERE id = 2");
        assertThat(verify(source, "v_moved", "", "id").differences().get(0).keys())
                .containsExactly(new Difference.Key(Kind.CHANGED, "id=1"), new Difference.Key(Kind.CHANGED, "id=2"));
    }

    /** Rows that swap their values have the same sum of hashes column by column, and not row by row. */
    @ParameterizedTest
    @EnumSource
    void valuesThatMoveToAnotherRowAreFound(Source source) throws Exception {
        numbers(source, "v_swapped");
        cluster("UPDATE v_swapped SET name = CASE id WHEN 20 THEN 'n-30' ELSE 'n-20' END WHERE id IN (20, 30)");
        assertThat(verify(source, "v_swapped", "", "id").differences().get(0).keys())
                .containsExactly(new Difference.Key(Kind.CHANGED, "id=20"), new Difference.Key(Kind.CHANGED, "id=30"));
    }

    /** A collation has 'a' and 'A' as one or apart, and 'ö' before 'z' or behind it: no range of texts is the same on both sides. */
    @ParameterizedTest
    @EnumSource
    void textKeysMaySortInAnyWay(Source source) throws Exception {
        both(source, "CREATE TABLE v_texts (code VARCHAR(20) PRIMARY KEY, n INT)");
        both(
                source,
                "INSERT INTO v_texts VALUES ('a', 1), ('Z', 2), ('ö', 3), ('_', 4), ('', 5), ('a, n=1', 6), ('寿司', 7)");
        assertThat(verify(source, "v_texts", "", "code")).isEqualTo(new VerifyResult(7, 7, List.of()));
        cluster(
                "UPDATE v_texts SET code = 'A' WHERE code = 'a'",
                "UPDATE v_texts SET n = 0 WHERE code = ''",
                "INSERT INTO v_texts SELECT * FROM v_texts WHERE code = '寿司'");
        VerifyResult result = verify(source, "v_texts", "", "code");
        assertThat(result.rowsTarget()).isEqualTo(8);
        assertThat(result.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.range()).matches("keys of [34] of 16 buckets that code falls into");
            assertThat(difference.keys())
                    .containsExactlyInAnyOrder(
                            new Difference.Key(Kind.MISSING, "code=a"),
                            new Difference.Key(Kind.EXTRA, "code=A"),
                            new Difference.Key(Kind.CHANGED, "code="),
                            new Difference.Key(Kind.REPEATED, "code=寿司"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void keysOfSeveralColumns(Source source) throws Exception {
        both(source, "CREATE TABLE v_lines (at DATE, line INT, price DOUBLE PRECISION, PRIMARY KEY (at, line))");
        both(
                source,
                "INSERT INTO v_lines VALUES ('2024-02-29', 1, 0.1), ('2024-02-29', 2, 0.2), ('2024-03-01', 1, 0.3)");
        assertThat(verify(source, "v_lines", "", "at", "line").isSame()).isTrue();
        cluster("UPDATE v_lines SET price = 0.20000000000000004 WHERE line = 2");
        assertThat(verify(source, "v_lines", "", "at", "line")
                        .differences()
                        .get(0)
                        .keys())
                .containsExactly(new Difference.Key(Kind.CHANGED, "at=2024-02-29, line=2"));
    }

    @ParameterizedTest
    @EnumSource
    void withoutAKeyTheWholeIsCompared(Source source) throws Exception {
        both(source, "CREATE TABLE v_log (line VARCHAR(20))");
        both(source, "INSERT INTO v_log VALUES ('b'), ('a'), ('a'), (NULL)");
        assertThat(verify(source, "v_log", "")).isEqualTo(new VerifyResult(4, 4, List.of()));
        cluster("UPDATE v_log SET line = 'b' WHERE line IS NULL");
        assertThat(verify(source, "v_log", ""))
                .isEqualTo(new VerifyResult(4, 4, List.of(new Difference("all rows", 4, 4, List.of()))));
        cluster("DELETE FROM v_log");
        assertThat(verify(source, "v_log", "").differences())
                .containsExactly(new Difference("all rows", 4, 0, List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsSelectedIsExpected(Source source) throws Exception {
        numbers(source, "v_some");
        cluster("DELETE FROM v_some WHERE id > 300");
        assertThat(verify(source, "v_some", "id <= 300 OR id > 9999 -- few", "id"))
                .isEqualTo(new VerifyResult(30, 30, List.of()));
        cluster("INSERT INTO v_some VALUES (400, 'n-400')");
        assertThat(verify(source, "v_some", "id <= 300 OR id > 9999 -- few", "id")
                        .differences())
                .containsExactly(
                        new Difference("id from 210", 10, 11, List.of(new Difference.Key(Kind.EXTRA, "id=400"))));
    }

    @ParameterizedTest
    @EnumSource
    void noRowsAreTheSameAsNone(Source source) throws Exception {
        both(source, "CREATE TABLE v_none (id INT PRIMARY KEY)");
        assertThat(verify(source, "v_none", "", "id")).isEqualTo(new VerifyResult(0, 0, List.of()));
        cluster("INSERT INTO v_none VALUES (1)");
        assertThat(verify(source, "v_none", "", "id").differences())
                .containsExactly(new Difference("all rows", 0, 1, List.of(new Difference.Key(Kind.EXTRA, "id=1"))));
    }

    @ParameterizedTest
    @EnumSource
    void theLargestKeysAreRead(Source source) throws Exception {
        String type = source == Source.MARIADB ? "BIGINT UNSIGNED" : "BIGINT";
        String largest = source == Source.MARIADB ? "18446744073709551615" : "9223372036854775807";
        source(source, "CREATE TABLE v_large (id " + type + " PRIMARY KEY)");
        cluster("CREATE TABLE v_large (id DECIMAL(20,0))");
        both(source, "INSERT INTO v_large VALUES (0), (" + largest + ")");
        both(source, "INSERT INTO v_large VALUES " + values(1, 60));
        assertThat(verify(source, "v_large", "", "id")).isEqualTo(new VerifyResult(62, 62, List.of()));
        cluster("DELETE FROM v_large WHERE id > 1000");
        assertThat(verify(source, "v_large", "", "id").differences().get(0).keys())
                .containsExactly(new Difference.Key(Kind.MISSING, "id=" + largest));
    }

    @ParameterizedTest
    @EnumSource
    void theSourceIsAsItWasWhenTheSnapshotBegan(Source source) throws Exception {
        numbers(source, "v_moment");
        try (Snapshot snapshot = Snapshot.begin(source.database().connect());
                Connection cluster = connect()) {
            source(source, "DELETE FROM v_moment WHERE id > 500", "UPDATE v_moment SET name = 'later'");
            assertThat(verify(source, snapshot, cluster, "v_moment", "", SMALL, "id")
                            .isSame())
                    .isTrue();
        }
        assertThat(verify(source, "v_moment", "", "id").rowsSource()).isEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptionEndsIt(Source source) throws Exception {
        numbers(source, "v_interrupted");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> verify(source, "v_interrupted", "", "id"))
                    .isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** More keys than are kept differ: the first are named, and the counts stay true. */
    @Test
    void ofManyDifferencesTheFirstAreNamed() throws Exception {
        numbers(Source.MARIADB, "v_many");
        cluster("DELETE FROM v_many", "INSERT INTO v_many SELECT n, 'x' FROM generate_series(1, 3000, 3) n");
        VerifyResult result = verify(Source.MARIADB, "v_many", "", "id");
        assertThat(result.rowsTarget()).isEqualTo(1000);
        assertThat(result.differences().stream()
                        .mapToLong(Difference::rowsTarget)
                        .sum())
                .isEqualTo(1000);
        assertThat(result.differences().stream()
                        .mapToLong(Difference::rowsSource)
                        .sum())
                .isEqualTo(100);
        assertThat(result.differences().stream().mapToInt(d -> d.keys().size()).sum())
                .isEqualTo(5);
    }

    /** Buckets of more rows than are kept are counted, and their keys aren't named. */
    @Test
    void bucketsThatAreTooLargeAreOnlyCounted() throws Exception {
        both(Source.MARIADB, "CREATE TABLE v_heavy (code VARCHAR(20) PRIMARY KEY)");
        both(Source.MARIADB, "INSERT INTO v_heavy VALUES " + values(1, 50));
        cluster("DELETE FROM v_heavy WHERE code = '7'");
        try (Snapshot snapshot = Snapshot.begin(Source.MARIADB.database().connect());
                Connection cluster = connect()) {
            Sizes none = new Sizes(40, 10, 2, 3, 5);
            VerifyResult result = verify(Source.MARIADB, snapshot, cluster, "v_heavy", "", none, "code");
            assertThat(result.differences()).singleElement().satisfies(difference -> {
                assertThat(difference.range()).isEqualTo("keys of 1 of 2 buckets that code falls into");
                assertThat(difference.rowsSource() - difference.rowsTarget()).isEqualTo(1);
                assertThat(difference.keys()).isEmpty();
            });
        }
    }

    @Test
    void aValueThatCantBeLoadedIsSaid() throws Exception {
        source(Source.POSTGRES, "CREATE TABLE v_refused (id INT PRIMARY KEY, n NUMERIC(5,2))");
        source(Source.POSTGRES, "INSERT INTO v_refused VALUES (1, 1), (2, 'NaN')");
        cluster("CREATE TABLE v_refused (id INT, n DECIMAL(5,2))");
        assertThatThrownBy(() -> verify(Source.POSTGRES, "v_refused", "", "id"))
                .isInstanceOf(ValueRefused.class)
                .hasMessageStartingWith(
                        "public.v_refused: in the row with id=2, column n has a value that DECIMAL(5,2) doesn't have");
    }

    @Test
    void aKeyThatIsntTakenIsAMistake() throws Exception {
        numbers(Source.MARIADB, "v_keyless");
        assertThatThrownBy(() -> verify(Source.MARIADB, "v_keyless", "", "nr"))
                .hasMessage("keys nr aren't all among the columns of shop.v_keyless that are taken: id, name");
    }

    /** 100 rows: 10, 20, 30 … 1000. */
    private static void numbers(Source source, String table) throws SQLException {
        String rows = String.join(
                ", ",
                IntStream.rangeClosed(1, 100)
                        .mapToObj(i -> "(" + i * 10 + ", 'n-" + i * 10 + "')")
                        .toList());
        both(source, "CREATE TABLE " + table + " (id INT PRIMARY KEY, name VARCHAR(20))");
        cluster("ALTER TABLE " + table + " ALTER COLUMN id DROP NOT NULL");
        both(source, "INSERT INTO " + table + " VALUES " + rows);
    }

    private static String values(int first, int last) {
        return String.join(
                ", ",
                IntStream.rangeClosed(first, last).mapToObj(i -> "(" + i + ")").toList());
    }

    private static VerifyResult verify(Source source, String table, String where, String... keys) throws Exception {
        try (Snapshot snapshot = Snapshot.begin(source.database().connect());
                Connection cluster = connect()) {
            VerifyResult result = verify(source, snapshot, cluster, table, where, SMALL, keys);
            assertThat(cluster.getAutoCommit()).isTrue();
            return result;
        }
    }

    private static VerifyResult verify(
            Source source,
            Snapshot snapshot,
            Connection cluster,
            String table,
            String where,
            Sizes sizes,
            String... keys)
            throws Exception {
        SourceTable found = snapshot.catalog().table(source.table(table)).orElseThrow();
        Selection all = Selection.all(TypeMapping.of(found, TypeMapping.DEFAULT));
        return Verification.of(
                snapshot,
                new Selection(found, all.columns(), where),
                TypeMapping.DEFAULT,
                cluster,
                new TableName(List.of(table)),
                List.of(keys),
                sizes);
    }

    private static void both(Source source, String sql) throws SQLException {
        if (sql.startsWith("CREATE TABLE ")) {
            cluster("DROP TABLE IF EXISTS " + sql.split(" ", -1)[2]);
        }
        source(source, sql);
        cluster(sql);
    }

    private static void source(Source source, String... statements) throws SQLException {
        try (Connection connection = source.database().connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void cluster(String... statements) {
        for (String sql : statements) {
            if (sql.startsWith("CREATE TABLE ")) {
                new ClusterSql(SharedSandbox.get().environment()).run("DROP TABLE IF EXISTS " + sql.split(" ", -1)[2]);
            }
        }
        new ClusterSql(SharedSandbox.get().environment()).run(statements);
    }

    private static Connection connect() throws SQLException {
        Map<String, String> environment = SharedSandbox.get().environment();
        Properties properties = new Properties();
        properties.put("user", environment.getOrDefault("CARAVAN_REDSHIFT_USER", ""));
        properties.put("password", environment.getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""));
        properties.put("enableFetchRingBuffer", "false");
        return DriverManager.getConnection(environment.getOrDefault("CARAVAN_REDSHIFT_URL", ""), properties);
    }
}
