package dev.caravan.pipeline.tabletoredshift.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.source.MariaDb;
import dev.caravan.sandbox.source.SharedSources;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a source doesn't tell, a person is told, with what to do. */
class HorizonWarningsTest {
    @Test
    void mariaDbTellsOpenTransactionsToWhomItIsGranted() throws SQLException {
        TimedSource.MARIADB.run(
                "CREATE USER 'o''reader'@'%' IDENTIFIED BY 'p'", "GRANT SELECT ON shop.* TO 'o''reader'@'%'");
        assertThat(reader().warnings())
                .containsExactly(
                        "The source doesn't say which transactions are open: rows of transactions that take longer"
                                + " than the overlap can be missed. Allow it: GRANT PROCESS ON *.* TO 'o''reader'@'%'");
        assertThat(Duration.between(reader().safe(), reader().moment())).isLessThan(Duration.ofMinutes(1));
        TimedSource.MARIADB.run("GRANT PROCESS ON *.* TO 'o''reader'@'%'");
        assertThat(reader().warnings()).isEmpty();
    }

    @Test
    void postgresTellsOpenTransactionsToWhomItIsGranted() throws SQLException {
        TimedSource.POSTGRES.run("CREATE ROLE \"odd \"\"reader\" LOGIN");
        String url = SharedSources.postgres().url().replace("user=postgres", "user=odd+%22reader");
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Horizon.before(connection, Horizon.SLACK).warnings())
                    .containsExactly(
                            "The source doesn't say which transactions of others are open: rows of transactions that"
                                    + " take longer than the overlap can be missed. Allow it: GRANT pg_read_all_stats TO"
                                    + " \"odd \"\"reader\"");
            TimedSource.POSTGRES.run("GRANT pg_monitor TO \"odd \"\"reader\"");
            assertThat(Horizon.before(connection, Horizon.SLACK).warnings()).isEmpty();
        }
    }

    @Test
    void whatIsOpenForLongIsNamed() {
        Instant moment = Instant.parse("2026-06-01T11:00:00Z");
        SafeBound bound = new SafeBound(moment, Horizon.SLACK);
        bound.open(moment.minus(Duration.ofHours(3)), "The transaction of session 7");
        bound.open(moment.minus(Duration.ofHours(1)), "The transaction of session 8");
        Horizon horizon = bound.horizon(0);
        assertThat(horizon.safe()).isEqualTo("2026-06-01T07:59:50Z");
        assertThat(horizon.warnings())
                .singleElement()
                .asString()
                .startsWith("The transaction of session 7 is open for 3 h: ");
    }

    /** Of a replica that stands still nobody knows what is still to come: runs come no further. */
    @Test
    void aReplicaComesNoFurtherThanItHasReplicated() throws SQLException {
        try (MariaDb server = MariaDb.start();
                Connection connection = server.connect()) {
            TimedSource.run(
                    connection, "CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 1, MASTER_USER = 'nobody'");
            Horizon horizon = Horizon.before(connection, Horizon.SLACK);
            assertThat(horizon.safe()).isEqualTo(Instant.EPOCH);
            assertThat(horizon.warnings())
                    .singleElement()
                    .asString()
                    .contains("is a replica that doesn't replicate now");
            TimedSource.run(
                    connection,
                    "CREATE USER poor@'%' IDENTIFIED BY 'p'",
                    "GRANT SELECT ON shop.* TO poor@'%'",
                    "GRANT PROCESS ON *.* TO poor@'%'",
                    "START SLAVE");
            try (Connection poor = DriverManager.getConnection(server.url(), "poor", "p")) {
                assertThat(Horizon.before(poor, Horizon.SLACK).warnings())
                        .singleElement()
                        .asString()
                        .contains("replicates from another server")
                        .contains("only the overlap")
                        .contains("SLAVE MONITOR");
            }
        }
    }

    private static Horizon reader() throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(SharedSources.mariaDb().url(), "o'reader", "p")) {
            return Horizon.before(connection, Horizon.SLACK);
        }
    }
}
