package dev.caravan.dataapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.caravan.base.Fault;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.dataapi.DataApiServer;
import dev.caravan.sandbox.redshift.Quirk;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As far as Caravan uses JDBC, the Data API's data source is one as the driver's is. */
class DataApiDataSourceTest {
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final DataApiDataSource source = source(of -> {});

    @AfterEach
    void clear() {
        SharedSandbox.get().redshift().faults().clear();
        SharedSandbox.get().redshift().quirks().clear();
        SharedSandbox.get().awsFaults().clear();
        source.close();
    }

    private static DataApiDataSource source(Consumer<DataApiDataSource> more) {
        DataApiDataSource source = new DataApiDataSource();
        source.setWorkgroupName(DataApiServer.CLUSTER);
        source.setDatabase("dev");
        more.accept(source);
        return source;
    }

    @Test
    void aQueryHasItsNamesAndValues() throws Exception {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(
                            statement.execute(
                                    "SELECT CAST(1 AS BIGINT) AS n, 'x' AS t, CAST(NULL AS INT) AS nothing, true AS b, 2.50 AS d"))
                    .isTrue();
            ResultSet rows = statement.getResultSet();
            assertThat(rows.getMetaData().getColumnCount()).isEqualTo(5);
            assertThat(rows.getMetaData().getColumnLabel(3)).isEqualTo("nothing");
            assertThat(rows.next()).isTrue();
            List<Object> row = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                row.add(rows.getObject(i));
            }
            assertThat(row).containsExactly(1L, "x", null, true, new BigDecimal("2.50"));
            assertThat(rows.getLong("N")).isEqualTo(1);
            assertThat(rows.getInt("n")).isEqualTo(1);
            assertThat(rows.getBoolean("b")).isTrue();
            assertThat(rows.wasNull()).isFalse();
            assertThat(rows.getInt("nothing")).isZero();
            assertThat(rows.wasNull()).isTrue();
            assertThatThrownBy(() -> rows.getLong("d")).hasMessage("column 5 is no whole number: 2.50");
            assertThatThrownBy(() -> rows.getBoolean("t")).hasMessage("column 2 is no BOOLEAN: x");
            assertThatThrownBy(() -> rows.getString("more"))
                    .hasMessage("there is no column more among [n, t, nothing, b, d]");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void aLargeAnswerComesInPages_andParametersAreTexts() throws Exception {
        try (Connection connection = source.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT i, ? FROM generate_series(1, 250) AS i ORDER BY i")) {
            query.setString(1, "it's");
            int number = 0;
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    assertThat(rows.getString(1)).isEqualTo(Integer.toString(++number));
                    assertThat(rows.getString(2)).isEqualTo("it's");
                }
            }
            assertThat(number).isEqualTo(250);
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "40", "41"})
    void aBodyIsOneTransaction_howeverManyStatementsItHas(int statements) throws Exception {
        String table = "public.body_" + statements;
        cluster.run("CREATE TABLE " + table + " (id INT)");
        String body = inserts(table, statements);
        run(body);
        assertThat(cluster.count(table)).isEqualTo(statements);
        assertThatThrownBy(() -> run(inserts(table, statements - 1) + "; SELECT CAST('x' || id AS INT) FROM " + table))
                .isInstanceOf(SQLException.class);
        assertThat(cluster.count(table)).isEqualTo(statements);
    }

    @Test
    void whereCallsOfASessionAreNoTransaction_moreThanFortyStatementsAreRefusedBeforeTheFirst() throws Exception {
        cluster.run("CREATE TABLE public.apart (id INT)");
        SharedSandbox.get().redshift().quirks().add(Quirk.CALLS_APART);
        SQLException refused = failure(inserts("public.apart", 41));
        assertThat(refused.getSQLState()).isEqualTo("0A000");
        assertThat(refused.getMessage())
                .contains("still there after ROLLBACK", "41 statements can't be all or nothing, and none was run")
                .contains("batchSize", "JDBC");
        assertThat(CopyFailure.of(refused).kind()).isEqualTo(CopyFailure.Kind.FATAL);
        assertThat(cluster.count("public.apart")).isZero();
        run(inserts("public.apart", 40));
        assertThat(cluster.count("public.apart")).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource({"2", "41"})
    void whatTakesTooLongIsCancelledInTheCluster_andLeavesNothing(int statements) throws Exception {
        String table = "public.too_long_" + statements;
        cluster.run("CREATE TABLE " + table + " (id INT)");
        SharedSandbox.get()
                .redshift()
                .faults()
                .add("slow match=\"VALUES \\(" + (statements - 1) + "\\)\" ms=300000 times=1");
        source.setAtMost(Duration.ofSeconds(2));
        SQLException late = failure(inserts(table, statements));
        assertThat(late.getSQLState()).isEqualTo("57014");
        assertThat(late.getMessage()).contains("after 2 s and was cancelled");
        assertThat(CopyFailure.of(late).kind()).isEqualTo(CopyFailure.Kind.PASSING);
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> run("LOCK " + table + "; SELECT 1"));
        assertThat(cluster.count(table)).isZero();
        run(inserts(table, statements));
        assertThat(cluster.count(table)).isEqualTo(statements);
    }

    @Test
    void theProofLeavesNothing() throws Exception {
        cluster.run("CREATE TABLE public.proved (id INT)");
        run(inserts("public.proved", 41));
        assertThat(cluster.column("SELECT relname FROM pg_class WHERE relname LIKE 'caravan_proof%'"))
                .isEmpty();
    }

    @Test
    void aSessionThatFailsHoldsNoLock() throws Exception {
        cluster.run("CREATE TABLE public.locked (id INT)");
        assertThatThrownBy(() -> run("LOCK public.locked; " + inserts("public.locked", 39) + "; SELECT nonsense"))
                .hasMessageContaining("nonsense");
        run("LOCK public.locked; INSERT INTO public.locked VALUES (1)");
        assertThat(cluster.count("public.locked")).isEqualTo(1);
    }

    @Test
    void aBodyIsCommittedWhenItHasRun_soThatRollingBackIsRefused_andSoIsASecondBody() throws Exception {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT 1");
            assertThatThrownBy(() -> statement.execute("SELECT 2"))
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessageContaining("one body is one transaction");
            assertThatThrownBy(connection::rollback).hasMessageContaining("can't be rolled back");
            statement.execute("SELECT 2");
            connection.commit();
            assertThatThrownBy(() -> statement.execute("SELECT nonsense")).isInstanceOf(SQLException.class);
            connection.rollback();
        }
    }

    @Test
    void aConnectionIsValidWhileTheClusterAnswers() throws Exception {
        try (Connection connection = source.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            SharedSandbox.get().redshift().faults().add("starting forever");
            assertThat(connection.isValid(5)).isFalse();
        }
    }

    @Test
    void whatIsNotThereSaysSo() throws Exception {
        try (Connection connection = source.getConnection()) {
            assertThatThrownBy(connection::getCatalog)
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessageContaining("Connection.getCatalog");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "SELECT * FROM nowhere ~ 42P01 ~ FATAL",
                "COPY public.nowhere FROM 's3://x/y' IAM_ROLE default ~ 42P01 ~ FATAL",
                "SELECT * FROM no_schema.nowhere ~ 42P01 ~ FATAL",
                "SELECT no_column FROM pg_class ~ 42703 ~ FATAL",
                "SELEC 1 ~ 42601 ~ FATAL",
                "SELECT CAST('already loaded: ' || relname AS INT) FROM pg_class WHERE relname = 'pg_class' ~ 22P02 ~ BAD_DATA",
            })
    void aFailureMeansWhatItMeansByJdbc(String sql, String state, CopyFailure.Kind kind) {
        SQLException thrown = failure(sql);
        assertThat(thrown.getSQLState()).isEqualTo(state);
        assertThat(CopyFailure.of(thrown).kind()).isEqualTo(kind);
        IllegalStateException byJdbc = catchThrowableOfType(IllegalStateException.class, () -> cluster.run(sql));
        assertThat(CopyFailure.of(byJdbc).kind()).isEqualTo(kind);
        assertThat(CopyFailure.of(byJdbc).problem())
                .isEqualTo(CopyFailure.of(thrown).problem());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resize               | AWAY",
                "disk-full            | AWAY",
                "serializable         | PASSING",
                "cancelled            | PASSING",
                "restart              | AWAY",
                "starting             | AWAY",
                "too-many-connections | AWAY",
                "reset                | UNREACHABLE",
                "connection-refused   | UNREACHABLE",
            })
    void aFaultOfTheClusterMeansWhatItMeansByJdbc(String fault, CopyFailure.Kind kind) {
        SharedSandbox.get().redshift().faults().add(fault + " forever");
        assertThat(CopyFailure.of(failure("CREATE TABLE public.never (id INT)")).kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redshift-data denied      | FATAL       | redshift-data:ExecuteStatement",
                "redshift-data throttle    | PASSING     | more requests",
                "redshift-data error       | UNREACHABLE | asks the cluster's ledger",
                "redshift-data lost-answer | UNREACHABLE | asks the cluster's ledger",
                "redshift-data unreachable | UNREACHABLE | asks the cluster's ledger",
            })
    void aRequestThatFailsMeansTheSame(String fault, CopyFailure.Kind kind, String words) {
        SharedSandbox.get().awsFaults().add(fault + " forever");
        CopyFailure failure = CopyFailure.of(failure("SELECT 1"));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.reason()).contains(words);
    }

    @Test
    void aWorkgroupThatIsUnknownIsAwayForALoad() {
        try (DataApiDataSource unknown = source(of -> of.setWorkgroupName("nowhere"))) {
            CopyFailure failure = CopyFailure.of(failure(unknown, "SELECT 1"));
            assertThat(failure.kind()).isEqualTo(CopyFailure.Kind.AWAY);
            assertThat(failure.problem()).contains("no such workgroup or cluster");
        }
    }

    @Test
    void aStatementThatIsTooLongIsRefusedBeforeItIsSent() {
        CopyFailure failure = CopyFailure.of(failure("SELECT '" + "x".repeat(DataApi.LONGEST) + "'"));
        assertThat(failure.kind()).isEqualTo(CopyFailure.Kind.FATAL);
        assertThat(failure.problem()).contains("100,009 bytes").contains("preSql");
    }

    @Test
    void whoeverIsInterruptedDoesntKnowTheOutcome() {
        SharedSandbox.get().redshift().faults().add("slow match=interrupted ms=5000 forever");
        CompletableFuture<SQLException> thrown = new CompletableFuture<>();
        Thread waiting = new Thread(() -> thrown.complete(failure("SELECT 'interrupted'")));
        waiting.start();
        waiting.interrupt();
        assertThat(CopyFailure.of(thrown.join()).kind()).isEqualTo(CopyFailure.Kind.UNREACHABLE);
    }

    @Test
    void propertiesThatCantStandTogetherAreFaults() {
        assertThat(source(of -> {}).faults("a")).isEmpty();
        assertThat(new DataApiDataSource().faults("a"))
                .extracting(Fault::key)
                .containsExactly("a.workgroupName", "a.database");
        assertThat(source(of -> {
                            of.setClusterIdentifier("other");
                            of.setDbUser("loader");
                            of.setSecretArn("my-secret");
                            of.setRegion("Ireland");
                            of.setEndpointOverride("vpce.example");
                        })
                        .faults("a"))
                .extracting(Fault::toString)
                .hasSize(5)
                .noneMatch(fault -> fault.contains("my-secret"))
                .anyMatch(fault -> fault.startsWith("a.clusterIdentifier = other: "))
                .anyMatch(fault -> fault.startsWith("a.dbUser = loader: secretArn has a user of its own"))
                .anyMatch(fault -> fault.startsWith("a.secretArn: "))
                .anyMatch(fault -> fault.startsWith("a.region = Ireland"))
                .anyMatch(fault -> fault.startsWith("a.endpointOverride = vpce.example"));
        assertThat(source(of -> of.setDbUser("loader")).faults("a"))
                .singleElement()
                .asString()
                .contains("a workgroup's user");
    }

    private static String inserts(String table, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "INSERT INTO " + table + " VALUES (" + i + ")")
                .collect(Collectors.joining(";\n"));
    }

    private void run(String body) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(body);
            connection.commit();
        }
    }

    private SQLException failure(String sql) {
        return failure(source, sql);
    }

    private static SQLException failure(DataApiDataSource source, String sql) {
        return catchThrowableOfType(SQLException.class, () -> {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
    }

    @Test
    void unloadGoesAsWell() throws Exception {
        String to = "s3://landing/data-api/" + System.nanoTime() + "/";
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UNLOAD ('SELECT 1 AS a, ''x'' AS b') TO '" + to
                    + "' IAM_ROLE 'arn:aws:iam::123456789012:role/unload' CSV HEADER MANIFEST");
            statement.execute("DROP TABLE IF EXISTS by_data_api");
            statement.execute("CREATE TABLE by_data_api (a INT, b VARCHAR(9))");
            statement.execute("COPY by_data_api FROM '" + to
                    + "manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/load' CSV IGNOREHEADER 1 MANIFEST");
            ResultSet rows = statement.executeQuery("SELECT a, b FROM by_data_api");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1) + rows.getString(2)).isEqualTo("1x");
        }
    }
}
