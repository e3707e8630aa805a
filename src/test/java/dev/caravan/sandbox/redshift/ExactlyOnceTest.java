package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the product's load relies on: lock, guard, COPY and ledger row in one body and one transaction. */
@ExtendWith(Cluster.Extension.class)
class ExactlyOnceTest {
    private final Cluster cluster;

    ExactlyOnceTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void tables() throws SQLException {
        cluster.run(
                "CREATE SCHEMA IF NOT EXISTS caravan; DROP TABLE IF EXISTS caravan.loads; DROP TABLE IF EXISTS loaded;"
                        + " CREATE TABLE caravan.loads (batch VARCHAR(64), files BIGINT, at TIMESTAMP);"
                        + " CREATE TABLE loaded (id INT, name VARCHAR(20))");
        cluster.s3().put("once/a.csv", "id,name\n1,a\n2,b\n3,c\n");
        cluster.s3().put("once/b.csv", "id,name\n4,d\n5,e\n6,f\n");
    }

    @AfterEach
    void noFaults() {
        cluster.server().faults().clear();
    }

    @Test
    void theSecondAttemptIsTurnedAwayByTheGuard() throws SQLException {
        assertThat(attempt("b-1")).isEqualTo("loaded");
        assertThat(attempt("b-1"))
                .startsWith("XX000 ERROR: Invalid digit, Value 'a', Pos 0")
                .contains("context:   already loaded: b-1");
        assertThat(cluster.rows("SELECT count(*) FROM loaded")).containsExactly("6");
        assertThat(cluster.rows("SELECT batch, files FROM caravan.loads")).containsExactly("b-1|6");
    }

    @Test
    void fourLoadersOfOneBatchLoadItOnce() throws Exception {
        List<Callable<String>> loaders =
                List.of(() -> attempt("b-2"), () -> attempt("b-2"), () -> attempt("b-2"), () -> attempt("b-2"));
        ExecutorService threads = Executors.newFixedThreadPool(loaders.size());
        List<String> outcomes = new ArrayList<>();
        try {
            for (Future<String> outcome : threads.invokeAll(loaders)) {
                outcomes.add(outcome.get());
            }
        } finally {
            threads.shutdown();
        }
        assertThat(outcomes).filteredOn(outcome -> outcome.equals("loaded")).hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.contains("already loaded: b-2"))
                .hasSize(3);
        assertThat(cluster.rows("SELECT count(*) FROM loaded")).containsExactly("6");
    }

    @Test
    void aCommitWhoseAnswerIsLostIsACommit() throws SQLException {
        cluster.server().faults().add("lost-commit");
        assertThat(attempt("b-3")).startsWith("08");
        assertThat(cluster.rows("SELECT count(*) FROM loaded")).containsExactly("6");
        assertThat(attempt("b-3")).contains("already loaded: b-3");
        assertThat(cluster.rows("SELECT count(*) FROM loaded")).containsExactly("6");
    }

    @Test
    void aConnectionLostBeforeTheCommitLeavesNothing() throws SQLException {
        cluster.server().faults().add("reset match=^commit");
        assertThat(attempt("b-4")).startsWith("08");
        assertThat(cluster.rows("SELECT count(*) FROM loaded")).containsExactly("0");
        assertThat(attempt("b-4")).isEqualTo("loaded");
    }

    @Test
    void aFailedCopyFailsTheWholeBodyAndItsTransaction() throws SQLException {
        String missing = body("b-5").replace("once/b.manifest", "once/none.manifest");
        try (Connection connection = cluster.open()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> Cluster.run(connection, missing))
                    .hasMessageContaining("Problem reading manifest file");
            assertThatThrownBy(() -> Cluster.run(connection, "SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
            connection.rollback();
            assertThat(Cluster.rows(connection, "SELECT batch FROM caravan.loads"))
                    .isEmpty();
        }
    }

    @Test
    void twoBatchesOfOneTableTakeTurnsAndBothLoad() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<String> outcome :
                    threads.invokeAll(List.<Callable<String>>of(() -> attempt("b-6"), () -> attempt("b-7")))) {
                assertThat(outcome.get()).isEqualTo("loaded");
            }
        } finally {
            threads.shutdown();
        }
        assertThat(cluster.rows("SELECT count(*) FROM loaded")).containsExactly("12");
    }

    @Test
    void aCopyHoldsOffOtherWritersOfItsTableUntilItsTransactionEnds() throws SQLException {
        try (Connection loader = cluster.open();
                Connection other = cluster.open()) {
            loader.setAutoCommit(false);
            Cluster.run(loader, Cluster.copy("loaded", TestS3.url("once/a.csv"), "CSV IGNOREHEADER 1"));
            assertThat(Cluster.one(other, "SELECT count(*) FROM loaded")).isEqualTo("0"); // readers are not held off
            Cluster.run(other, "SET statement_timeout TO 300");
            assertThatThrownBy(() -> Cluster.run(other, "INSERT INTO loaded VALUES (9, 'z')"))
                    .hasMessageContaining("cancelled");
            loader.rollback();
            Cluster.run(other, "INSERT INTO loaded VALUES (9, 'z')");
        }
    }

    private String attempt(String batch) throws SQLException {
        cluster.s3()
                .put(
                        "once/" + batch + ".manifest",
                        "{\"entries\": [{\"url\": \"" + TestS3.url("once/a.csv")
                                + "\", \"mandatory\": true}, {\"url\": \"" + TestS3.url("once/b.csv")
                                + "\", \"mandatory\": true}]}");
        try (Connection connection = cluster.open()) {
            connection.setAutoCommit(false);
            try {
                Cluster.run(connection, body(batch));
                connection.commit();
                return "loaded";
            } catch (SQLException e) {
                if (!connection.isClosed()) {
                    connection.rollback();
                }
                return e.getSQLState() + " " + e.getMessage();
            }
        }
    }

    private static String body(String batch) {
        String manifest = TestS3.url("once/" + (batch.equals("b-5") ? "b" : batch) + ".manifest");
        return "LOCK caravan.loads;\n"
                + "SELECT CAST('already loaded: ' || batch AS INTEGER) FROM caravan.loads WHERE batch = '" + batch
                + "';\n"
                + Cluster.copy("public.loaded", manifest, "MANIFEST FORMAT CSV IGNOREHEADER 1 NULL AS '\\\\N';\n")
                + "INSERT INTO caravan.loads SELECT '" + batch + "', pg_last_copy_count(), getdate()";
    }
}
