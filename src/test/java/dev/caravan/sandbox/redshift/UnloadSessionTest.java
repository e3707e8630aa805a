package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Object;

/** UNLOAD in a session: its transaction, its protocol, what it leaves in tables, and how it fails. */
@ExtendWith(Cluster.Extension.class)
class UnloadSessionTest {
    private static final String FOLDER = "unload-session/";
    private static final String UNLOAD = "UNLOAD ('SELECT * FROM session ORDER BY id') TO '" + TestS3.url(FOLDER) + "'"
            + Cluster.ROLE + "CSV MANIFEST CLEANPATH";

    private final Cluster cluster;

    UnloadSessionTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS session; CREATE TABLE session (id INT);"
                + " INSERT INTO session SELECT n FROM generate_series(1, 1000) n");
        keys().forEach(key ->
                cluster.s3().client().deleteObject(r -> r.bucket(TestS3.BUCKET).key(key)));
    }

    @AfterEach
    void clear() {
        cluster.server().faults().clear();
    }

    @Test
    void itSeesItsTransactionsRowsAndItsFilesStayAfterARollback() throws SQLException {
        try (Connection connection = cluster.open()) {
            connection.setAutoCommit(false);
            Cluster.run(connection, "DELETE FROM session WHERE id > 5; INSERT INTO session VALUES (6)");
            Cluster.run(connection, UNLOAD);
            assertThat(Cluster.one(connection, "SELECT pg_last_unload_count()")).isEqualTo("6");
            connection.rollback();
            assertThat(Cluster.one(connection, "SELECT pg_last_unload_count()")).isEqualTo("6");
        }
        assertThat(keys()).hasSize(5);
        assertThat(cluster.rows("SELECT count(*) FROM session")).containsExactly("1000");
        assertThat(cluster.rows("SELECT pg_last_unload_count()")).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void severalStatementsGoInOneString(String mode) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("preferQueryMode", mode);
        try (Connection connection = Cluster.open(cluster.server(), properties);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE few AS SELECT id FROM session WHERE id < 4;"
                    + UNLOAD.replace("session ORDER", "few ORDER") + "; SELECT pg_last_unload_count()");
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getMoreResults()).isTrue();
            try (ResultSet count = statement.getResultSet()) {
                assertThat(count.next()).isTrue();
                assertThat(count.getLong(1)).isEqualTo(3);
            }
        }
    }

    @Test
    void itTellsHowManyRowsItHasUnloaded() throws SQLException {
        try (Connection connection = cluster.open();
                Statement statement = connection.createStatement()) {
            statement.execute(UNLOAD);
            assertThat(statement.getUpdateCount()).isZero();
            assertThat(Cluster.warnings(statement))
                    .containsExactly("UNLOAD completed, 1000 record(s) unloaded successfully.");
        }
    }

    @Test
    void theSessionsFloatsKeepTheirDigits() throws SQLException {
        try (Connection connection = cluster.open()) {
            connection.setAutoCommit(false);
            String before = Cluster.one(connection, "SHOW extra_float_digits");
            Cluster.run(connection, UNLOAD);
            assertThat(Cluster.one(connection, "SHOW extra_float_digits")).isEqualTo(before);
        }
    }

    @Test
    void theTablesOfUnloadsTell() throws SQLException {
        String query;
        try (Connection connection = cluster.open()) {
            Cluster.run(connection, UNLOAD);
            query = Cluster.one(connection, "SELECT pg_last_unload_id()");
        }
        assertThat(cluster.rows(
                        "SELECT path, line_count, transfer_size > 0, file_format FROM stl_unload_log WHERE query = "
                                + query + " ORDER BY path"))
                .hasSize(4)
                .startsWith(TestS3.url(FOLDER + "0000_part_00") + "|250|t|CSV");
        assertThat(cluster.rows("SELECT file_name FROM sys_unload_detail WHERE query_id = " + query))
                .hasSize(4);
        assertThat(cluster.rows("SELECT status, file_format, unloaded_rows, unloaded_files_count, unloaded_location,"
                        + " error_message FROM sys_unload_history WHERE query_id = " + query))
                .containsExactly("completed|CSV|1000|4|" + TestS3.url(FOLDER) + "|");
    }

    @Test
    void accessThatIsDeniedInTheMiddleLeavesFilesAndNoManifest() throws SQLException {
        cluster.server().faults().add("s3-403 match=0002_part");
        try (Connection connection = cluster.open()) {
            assertThatThrownBy(() -> Cluster.run(connection, UNLOAD))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("XX000"))
                    .hasMessageContaining("S3ServiceException:Access Denied,Status 403,Error AccessDenied")
                    .hasMessageContaining("S3 path: " + TestS3.url(FOLDER + "0002_part_00"));
            assertThat(Cluster.one(connection, "SELECT pg_last_unload_count()")).isEqualTo("0");
            assertThat(Cluster.rows(
                            connection,
                            "SELECT status, unloaded_rows FROM sys_unload_history"
                                    + " WHERE query_id = pg_last_unload_id()"))
                    .containsExactly("aborted|500");
            assertThat(keys()).hasSize(2);
            Cluster.run(connection, UNLOAD);
        }
        assertThat(keys()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001_part", "manifest"})
    void aConnectionThatEndsInTheMiddleLeavesFilesAndNoManifest(String at) throws SQLException {
        cluster.server().faults().add("reset-object match=" + at);
        assertThatThrownBy(() -> cluster.run(UNLOAD))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
        assertThat(keys()).hasSize(at.equals("manifest") ? 4 : 1).noneMatch(key -> key.endsWith("manifest"));
    }

    @Test
    void anAnswerThatIsLostIsThatOfAnUnloadThatIsDone() throws SQLException {
        cluster.server().faults().add("lost-commit match=^unload");
        assertThatThrownBy(() -> cluster.run(UNLOAD))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
        assertThat(keys()).hasSize(5);
    }

    @Test
    void aQueryThatFailsInTheMiddleFailsIt() throws SQLException {
        try (Connection connection = cluster.open()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> Cluster.run(
                            connection,
                            UNLOAD.replace("SELECT * FROM session ORDER BY id", "SELECT 1 / (id - 900) FROM session")))
                    .hasMessageContaining("division by zero");
            assertThatThrownBy(() -> Cluster.run(connection, "SELECT 1"))
                    .hasMessageContaining("current transaction is aborted");
            connection.rollback();
            assertThat(Cluster.one(connection, "SELECT pg_last_unload_count()")).isEqualTo("0");
        }
    }

    @Test
    void itCanBeCancelled() throws Exception {
        cluster.server().faults().add("slow-object match=0001_part ms=60000");
        long before = cluster.server().faults().struck();
        try (Connection connection = cluster.open();
                Statement statement = connection.createStatement()) {
            CompletableFuture<Throwable> ended =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> statement.execute(UNLOAD)));
            await().until(() -> cluster.server().faults().struck() > before);
            statement.cancel();
            assertThat(ended.get(30, TimeUnit.SECONDS))
                    .hasMessageContaining("cancelled on user's request")
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        }
        assertThat(keys()).hasSize(1);
    }

    @Test
    void aLargeResultIsFetchedBitByBit() throws SQLException {
        try (Connection connection = cluster.open()) {
            Cluster.run(connection, UNLOAD.replace("session ORDER BY id", "(SELECT a.id FROM session a, session b) c"));
            assertThat(Cluster.one(connection, "SELECT pg_last_unload_count()")).isEqualTo("1000000");
        }
    }

    @Test
    void whatFollowsAFailedStatementOfTheStringDoesNotRun() {
        assertThatThrownBy(() -> cluster.run("SELECT 1 / 0; " + UNLOAD)).hasMessageContaining("division by zero");
        assertThat(keys()).isEmpty();
    }

    private List<String> keys() {
        return cluster.s3().client().listObjectsV2(r -> r.bucket(TestS3.BUCKET).prefix(FOLDER)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
