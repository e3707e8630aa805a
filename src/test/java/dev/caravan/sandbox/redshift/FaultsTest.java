package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.redshift.util.RedshiftException;
import dev.caravan.sandbox.redshift.fault.Faults;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Cluster.Extension.class)
class FaultsTest {
    private static final String COPY = Cluster.copy("target", TestS3.url("faults/a.csv"), "CSV");

    private final Cluster cluster;
    private final Faults faults;

    FaultsTest(Cluster cluster) {
        this.cluster = cluster;
        this.faults = cluster.server().faults();
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.s3().put("faults/a.csv", "1\n2\n3\n4\n5\n");
        cluster.run("DROP TABLE IF EXISTS target; CREATE TABLE target (id INT)");
    }

    @AfterEach
    void clear() {
        faults.clear();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "resize; 57014; Cannot execute query because system is in resize mode",
                "serializable; XX000; 1023",
                "disk-full; 53100; Disk Full",
                "cancelled; 57014; cancelled on user's request",
                "s3-404; XX000; Status 404",
                "s3-403; XX000; Status 403",
                "s3-503; XX000; Status 503",
                "restart match=copy; 57P01; terminating connection due to administrator command"
            })
    void aFaultStrikesOnceAndLeavesNothing(String rule, String state, String message) throws SQLException {
        faults.add(rule);
        assertThatThrownBy(() -> cluster.run(COPY))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
                .hasMessageContaining(message);
        assertThat(count()).isEqualTo("0");
        cluster.run(COPY);
        assertThat(count()).isEqualTo("5");
    }

    @Test
    void resizeHasItsDetailAndLetsReadersThrough() throws SQLException {
        faults.add("resize forever");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> cluster.run(COPY))
                    .isInstanceOfSatisfying(
                            RedshiftException.class,
                            e -> assertThat(e.getServerErrorMessage().getDetail())
                                    .startsWith("ONLY read-only queries can be executed"));
            assertThat(count()).isEqualTo("0");
        }
        assertThat(faults.active())
                .singleElement()
                .asString()
                .startsWith("resize")
                .endsWith("forever");
        faults.clear();
        cluster.run(COPY);
    }

    @Test
    void matchTimesAndSkipChooseTheStatement() throws SQLException {
        faults.add("cancelled match=\"insert into target\" skip=1 times=2");
        cluster.run("INSERT INTO target VALUES (1)");
        assertThatThrownBy(() -> cluster.run("INSERT INTO target VALUES (2)")).isInstanceOf(SQLException.class);
        cluster.run("DELETE FROM target WHERE id = 9");
        assertThatThrownBy(() -> cluster.run("INSERT INTO target VALUES (3)")).isInstanceOf(SQLException.class);
        cluster.run("INSERT INTO target VALUES (4)");
        assertThat(cluster.rows("SELECT id FROM target ORDER BY id")).containsExactly("1", "4");
    }

    @Test
    void aFaultInATransactionFailsTheTransaction() throws SQLException {
        faults.add("serializable match=^copy");
        try (Connection connection = cluster.open()) {
            connection.setAutoCommit(false);
            Cluster.run(connection, "INSERT INTO target VALUES (1)");
            assertThatThrownBy(() -> Cluster.run(connection, COPY)).hasMessageContaining("1023");
            assertThatThrownBy(() -> Cluster.run(connection, "SELECT 1"))
                    .hasMessageContaining("current transaction is aborted");
            connection.rollback();
        }
        assertThat(count()).isEqualTo("0");
    }

    @Test
    void aConnectionResetWithinCopyLoadsNothing() throws SQLException {
        faults.add("reset-copy rows=3");
        assertThatThrownBy(() -> cluster.run(COPY))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
        assertThat(count()).isEqualTo("0");
    }

    @Test
    void anAutocommittedCopyWhoseAnswerIsLostIsLoaded() throws SQLException {
        faults.add("lost-commit match=^copy");
        assertThatThrownBy(() -> cluster.run(COPY))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
        assertThat(count()).isEqualTo("5");
    }

    @Test
    void aRefusedConnectionIsRefusedUntilCleared() throws SQLException {
        faults.add("connection-refused");
        assertThatThrownBy(() -> cluster.open())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
                .hasMessageContaining("refused");
        faults.clear();
        assertThat(count()).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"starting, 57P03", "too-many-connections, 53300", "reset-connect, 08"})
    void aConnectionMayBeTurnedAway(String fault, String state) throws SQLException {
        faults.add(fault + " times=1 match=" + Cluster.USER);
        assertThatThrownBy(() -> cluster.open())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith(state));
        assertThat(count()).isEqualTo("0");
    }

    @Test
    void aSlowStatementTakesItsTimeAndThenRuns() throws SQLException {
        faults.add("slow match=insert ms=300");
        long start = System.nanoTime();
        cluster.run("INSERT INTO target VALUES (1)");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(count()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"slow-copy rows=1 ms=60000", "slow match=copy ms=60000"})
    void aSlowCopyCanBeCancelled(String rule) throws SQLException {
        faults.add(rule);
        try (Connection connection = cluster.open();
                java.sql.Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute(COPY))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"))
                    .hasMessageContaining("cancelled on user's request");
            faults.clear();
            Cluster.run(connection, COPY);
        }
        assertThat(count()).isEqualTo("5");
    }

    @Test
    void aClientThatGivesUpOnASlowCopyHoldsNobodyUpOnceItIsNoLongerSlow() throws SQLException {
        faults.add("slow-copy rows=2 ms=60000");
        Properties impatient = new Properties();
        impatient.setProperty("socketTimeout", "1");
        try (Connection connection = Cluster.open(cluster.server(), impatient)) {
            assertThatThrownBy(() -> Cluster.run(connection, COPY)).isInstanceOf(SQLException.class);
        }
        faults.clear();
        cluster.run(COPY);
        assertThat(count()).isIn("5", "10"); // as in Redshift, the one that was given up may have finished
    }

    private String count() throws SQLException {
        return cluster.rows("SELECT count(*) FROM target").get(0);
    }
}
