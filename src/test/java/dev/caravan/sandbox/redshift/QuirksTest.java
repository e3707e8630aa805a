package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each way in which the stand-in can be told to misbehave, and that it doesn't otherwise. */
@ExtendWith(Cluster.Extension.class)
class QuirksTest {
    private static final String GUARD = "SELECT CAST('loaded: ' || batch AS INT) FROM quirky WHERE batch = ";

    private final Cluster cluster;
    private final Quirks quirks;

    QuirksTest(Cluster cluster) {
        this.cluster = cluster;
        this.quirks = cluster.server().quirks();
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run(
                "DROP TABLE IF EXISTS quirky; CREATE TABLE quirky (batch VARCHAR(20)); INSERT INTO quirky VALUES ('b-1')");
        cluster.s3().put("quirks/a.csv", "b-2\n");
    }

    @AfterEach
    void clear() {
        quirks.clear();
    }

    @Test
    void castFirst_aCastFailsForRowsThatTheFilterWouldNotLetThrough() throws SQLException {
        cluster.run(GUARD + "'b-2'");
        quirks.add(Quirk.CAST_FIRST);
        assertThatThrownBy(() -> cluster.run(GUARD + "'b-2'")).hasMessageContaining("context:   loaded: b-1");
        cluster.run("SELECT CAST('loaded: ' || MAX(batch) AS INT) FROM quirky WHERE batch = 'b-2'");
        assertThatThrownBy(() -> cluster.run(GUARD.replace("batch AS", "MAX(batch) AS") + "'b-1'"))
                .hasMessageContaining("context:   loaded: b-1");
        assertThat(cluster.rows("SELECT batch, CAST(length(batch) AS INT) FROM quirky WHERE batch = 'b-1'"))
                .containsExactly("b-1|3");
    }

    @Test
    void noDetail_theValueIsLost() {
        quirks.add(Quirk.NO_DETAIL);
        assertThatThrownBy(() -> cluster.run(GUARD + "'b-1'"))
                .hasMessageContaining("Invalid digit")
                .hasMessageNotContaining("b-1");
        assertThatThrownBy(() -> cluster.run(Cluster.copy("quirky", TestS3.url("quirks/none.csv"), "CSV")))
                .hasMessageNotContaining("code:");
    }

    @Test
    void lockDoesNotWait_twoHoldIt() throws SQLException {
        try (Connection first = cluster.open();
                Connection second = cluster.open()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            Cluster.run(second, "SET statement_timeout TO 300");
            second.commit();
            Cluster.run(first, "LOCK quirky");
            assertThatThrownBy(() -> Cluster.run(second, "LOCK quirky")).hasMessageContaining("cancelled");
            first.rollback();
            second.rollback();
            quirks.add(Quirk.LOCK_DOES_NOT_WAIT);
            Cluster.run(first, "LOCK TABLE public.quirky");
            Cluster.run(second, "LOCK public.quirky");
        }
    }

    @Test
    void copyCommits_itsRowsStay() throws SQLException {
        assertThat(rowsAfterARollback()).isEqualTo("1");
        quirks.add(Quirk.COPY_COMMITS);
        assertThat(rowsAfterARollback()).isEqualTo("2");
    }

    @Test
    void copyNotWithDdl_isRefusedBehindACreateInItsTransaction() throws SQLException {
        String body = "CREATE TEMP TABLE stage_quirk AS SELECT * FROM quirky WHERE 1 = 0; "
                + Cluster.copy("stage_quirk", TestS3.url("quirks/a.csv"), "CSV");
        try (Connection connection = cluster.open()) {
            connection.setAutoCommit(false);
            Cluster.run(connection, body);
            connection.rollback();
            quirks.add(Quirk.COPY_NOT_WITH_DDL);
            assertThatThrownBy(() -> Cluster.run(connection, body)).hasMessageContaining("COPY cannot run");
            connection.rollback();
            Cluster.run(connection, Cluster.copy("quirky", TestS3.url("quirks/a.csv"), "CSV"));
            connection.rollback();
        }
    }

    @Test
    void caseSensitive_namesInQuotesKeepTheirCase() throws SQLException {
        assertThat(cluster.rows("SELECT \"Batch\" AS \"B\" FROM \"Public\".\"Quirky\""))
                .containsExactly("b-1");
        assertThat(cluster.rows("SHOW enable_case_sensitive_identifier")).containsExactly("off");
        quirks.add(Quirk.CASE_SENSITIVE);
        assertThatThrownBy(() -> cluster.rows("SELECT * FROM \"Quirky\"")).hasMessageContaining("does not exist");
        assertThat(cluster.rows("SHOW enable_case_sensitive_identifier")).containsExactly("on");
    }

    @Test
    void aSessionMaySetIt() throws SQLException {
        try (Connection connection = cluster.open()) {
            Cluster.run(
                    connection,
                    "SET enable_case_sensitive_identifier TO true; DROP TABLE IF EXISTS \"Mixed\";"
                            + " CREATE TABLE \"Mixed\" (\"Id\" INT)");
            Cluster.run(connection, "SELECT \"Id\" FROM \"Mixed\"");
            assertThatThrownBy(() -> cluster.run("SELECT * FROM \"Mixed\"")).hasMessageContaining("does not exist");
            Cluster.run(connection, "RESET enable_case_sensitive_identifier");
            assertThatThrownBy(() -> Cluster.run(connection, "SELECT * FROM \"Mixed\""))
                    .hasMessageContaining("mixed");
        }
    }

    @Test
    void loadErrorsLag_inTheSysViewAlone() throws SQLException {
        quirks.add(Quirk.LOAD_ERRORS_LAG);
        cluster.run("DROP TABLE IF EXISTS numbers; CREATE TABLE numbers (n INT)");
        String url = cluster.s3().put("quirks/lag" + System.nanoTime() + ".csv", "x\n");
        assertThatThrownBy(() -> cluster.run(Cluster.copy("numbers", url, "CSV")))
                .isInstanceOf(SQLException.class);
        String sys = "SELECT line_number FROM sys_load_error_detail WHERE trim(file_name) = '" + url + "'";
        assertThat(cluster.rows(sys)).isEmpty();
        assertThat(cluster.rows("SELECT raw_field_value FROM stl_load_errors WHERE trim(filename) = '" + url + "'"))
                .containsExactly("x");
        await().atMost(Duration.ofSeconds(10)).until(() -> cluster.rows(sys).size() == 1);
    }

    @Test
    void serverless_hasNoStl() throws SQLException {
        quirks.add(Quirk.SERVERLESS);
        assertThatThrownBy(() -> cluster.rows("SELECT * FROM pg_catalog.stl_load_errors"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        assertThat(cluster.rows("SELECT count(*) FROM sys_load_error_detail WHERE file_name = 'none'"))
                .containsExactly("0");
    }

    @Test
    void functionsOfTheLeaderNodeAreRefusedBesideOthersTables() throws SQLException {
        for (String call :
                new String[] {"current_schema()", "substr(batch, 1)", "has_table_privilege('quirky', 'select')"}) {
            assertThatThrownBy(() -> cluster.run("SELECT " + call + " FROM quirky"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"))
                    .hasMessageContaining(
                            "Specified types or functions (one per INFO message) not supported on Redshift tables.");
        }
        assertThat(cluster.rows("SELECT nspname FROM pg_namespace WHERE nspname = current_schema()"))
                .containsExactly("public");
    }

    private String rowsAfterARollback() throws SQLException {
        try (Connection connection = cluster.open()) {
            connection.setAutoCommit(false);
            Cluster.run(connection, Cluster.copy("quirky", TestS3.url("quirks/a.csv"), "CSV"));
            connection.rollback();
        }
        return cluster.rows("SELECT count(*) FROM quirky").get(0);
    }

    @Test
    void emptyFiles_everySliceHasAFileAndThereIsAManifest() throws SQLException {
        quirks.add(Quirk.EMPTY_FILES);
        cluster.run("UNLOAD ('SELECT batch FROM quirky') TO '" + TestS3.url("quirks/unload/") + "'" + Cluster.ROLE
                + "CSV MANIFEST CLEANPATH");
        assertThat(cluster.s3()
                        .client()
                        .listObjectsV2(r -> r.bucket(TestS3.BUCKET).prefix("quirks/unload/"))
                        .contents())
                .hasSize(5);
    }
}
