package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import dev.caravan.batch.BatchStatus;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.faults.SwallowingProxy;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** No load takes for ever, whatever becomes of its connection, and what is given up is loaded once. */
class LoadBoundsTest extends LoadingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void aLoadOnAConnectionThatIsHalfOpenIsGivenUp_andComesOnce() throws Exception {
        String url = SharedSandbox.get().environment().getOrDefault("CARAVAN_REDSHIFT_URL", "");
        URI address = URI.create(url.substring("jdbc:".length()));
        try (SwallowingProxy network = SwallowingProxy.halfOpen(address.getPort());
                LogOf log = LogOf.messages("dev.caravan")) {
            Pipeline pipeline = launch(pipeline("batchSize", "1")
                    .with("caravan.load.at-most", "4s")
                    .with("camel.beans.redshift.connectionTimeout", "3000")
                    .with(
                            "caravan.redshift.url",
                            url.replace(":" + address.getPort() + "/", ":" + network.port() + "/")));
            put("web/0.csv", "0,x\n");
            await().atMost(PATIENCE).until(() -> ids().equals(List.of("0")));
            SharedSandbox.get().redshift().faults().add("slow match=\"^\\s*COPY\" ms=1500 times=1");
            put("web/1.csv", "1,x\n");
            await().atMost(PATIENCE)
                    .until(() ->
                            SharedSandbox.get().redshift().faults().active().isEmpty());
            network.swallow();
            await().atMost(PATIENCE)
                    .until(() -> !log.lines("is given up for now").isEmpty());
            assertThat(log.lines("is given up for now").get(0))
                    .containsPattern("stage copy into cluster redshift took \\d+ s, longer than caravan.load.at-most");
            network.cut();
            await().atMost(PATIENCE)
                    .until(() -> batch(pipeline.ledger(), "web/1.csv").status() == BatchStatus.COMPLETE);
            assertThat(ids()).containsExactly("0", "1");
        }
    }

    @Test
    void aStatementThatTakesTooLongIsCancelledInTheCluster() throws Exception {
        try (LogOf log = LogOf.messages("dev.caravan")) {
            Pipeline pipeline = launch(pipeline("batchSize", "1").with("caravan.load.at-most", "3s"));
            SharedSandbox.get().redshift().faults().add("slow match=\"^\\s*COPY\" ms=300000 times=1");
            put("web/1.csv", "1,x\n");
            await().atMost(PATIENCE).until(() -> ids().equals(List.of("1")));
            assertThat(log.lines("is given up for now")).hasSize(1);
            assertThat(log.lines("is held")).isEmpty();
            await().atMost(PATIENCE)
                    .until(() -> batch(pipeline.ledger(), "web/1.csv").status() == BatchStatus.COMPLETE);
        }
    }

    @Test
    void aPoolWithoutAFreeConnectionIsNoClusterThatIsAway() throws Exception {
        try (LogOf log = LogOf.messages("dev.caravan")) {
            Pipeline pipeline = launch(pipeline("batchSize", "1")
                    .with("camel.beans.redshift.maximumPoolSize", "1")
                    .with("camel.beans.redshift.connectionTimeout", "1000"));
            DataSource pool = pipeline.context().getRegistry().lookupByNameAndType("redshift", DataSource.class);
            List<Connection> others = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                others.add(pool.getConnection());
            }
            put("web/1.csv", "1,x\n");
            await().atMost(PATIENCE)
                    .until(() -> !log.lines("all connections of the cluster's pool are in use")
                            .isEmpty());
            for (Connection connection : others) {
                connection.close();
            }
            await().atMost(PATIENCE).until(() -> ids().equals(List.of("1")));
            assertThat(log.lines("is held")).isEmpty();
        }
    }

    @Test
    void loadsLeaveConnectionsToHousekeepingAndQuestions() throws Exception {
        Pipeline pipeline = launch(pipeline("batchSize", "1").with("camel.beans.redshift.maximumPoolSize", "1"));
        DataSource pool = pipeline.context().getRegistry().lookupByNameAndType("redshift", DataSource.class);
        try (Connection vacuum = pool.getConnection();
                Connection reconcile = pool.getConnection()) {
            put("web/1.csv", "1,x\n");
            await().atMost(PATIENCE).until(() -> ids().equals(List.of("1")));
            assertThat(vacuum.isValid(5) && reconcile.isValid(5)).isTrue();
        }
    }

    @Test
    void aClusterThatWasRestoredGetsItsLedgerTableAgain() {
        start("batchSize", "1");
        put("web/0.csv", "0,x\n");
        await().atMost(PATIENCE).until(() -> ids().equals(List.of("0")));
        cluster.run("DROP TABLE caravan.\"public." + table + "\"");
        put("web/1.csv", "1,x\n");
        await().atMost(PATIENCE).until(() -> ids().equals(List.of("0", "1")));
    }

    @Test
    void whatAnEarlierAttemptMayHaveLoadedIsNotLoadedOnWhenTheLedgerTableIsLost() {
        Pipeline pipeline = start("batchSize", "1");
        put("web/0.csv", "0,x\n");
        await().atMost(PATIENCE).until(() -> ids().equals(List.of("0")));
        // Committed, and nobody has heard of it; then the cluster doesn't let anybody look for a while.
        SharedSandbox.get().redshift().faults().add("lost-commit match=COMMIT times=1");
        SharedSandbox.get().redshift().faults().add("serializable match=\"^\\s*LOCK\" forever");
        put("web/1.csv", "1,x\n");
        await().atMost(PATIENCE)
                .until(() -> batch(pipeline.ledger(), "web/1.csv").pauses() > 0);
        cluster.run("DROP TABLE caravan.\"public." + table + "\"");
        SharedSandbox.get().redshift().faults().clear();
        await().atMost(PATIENCE)
                .until(() -> batch(pipeline.ledger(), "web/1.csv").status() == BatchStatus.ERROR);
        assertThat(batch(pipeline.ledger(), "web/1.csv").outcomes().toString())
                .contains("has lost the table in which it notes what is loaded")
                .contains("reprocess the batch if they aren't there");
    }
}
