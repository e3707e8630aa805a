package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Ledger;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.routes.SecondCluster;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.dataapi.DataApiServer;
import dev.caravan.sandbox.redshift.Quirk;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cluster that is reached through the Data API is loaded as one that is reached by JDBC, exactly once. */
class DataApiTest extends LoadingTest {

    @Test
    void oneFeedLoadsAClusterByJdbcAndAnotherThroughTheDataApi() throws Exception {
        SecondCluster.sql().run("CREATE TABLE public." + table + " (id INT, name VARCHAR(200))");
        launch(SecondCluster.addTo(analytics("clusters", "second,analytics", "batchSize", "2")));
        put("web/1.csv", "1,a\n");
        put("web/2.csv", "2,\"b; 'c' -- $$d\"\n");
        JsonNode message = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(message.path("clusters"))
                .hasSize(2)
                .allSatisfy(of -> assertThat(of.path("rows").asLong()).isEqualTo(2));
        assertThat(ids()).containsExactly("1", "2");
        assertThat(ids(SecondCluster.sql())).containsExactly("1", "2");
    }

    @Test
    void anAnswerThatIsLostIsAskedForAgain_andNothingRunsTwice() throws Exception {
        SharedSandbox.get().awsFaults().add("redshift-data lost-answer match=BatchExecuteStatement times=2");
        SharedSandbox.get().awsFaults().add("redshift-data lost-answer match=DescribeStatement times=2");
        launch(analytics("batchSize", "1"));
        put("web/1.csv", "1,a\n");
        assertThat(messages(landing.loadedQueueUrl(), 1).get(0).path("attempt").asInt())
                .isEqualTo(1);
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void aLoadWhoseAnswersStayLostIsFoundInTheCluster_andNothingRunsTwice() throws Exception {
        Ledger ledger = launch(analytics("batchSize", "1")).ledger();
        SharedSandbox.get().awsFaults().add("redshift-data lost-answer match=pg_last_copy_count forever");
        put("web/1.csv", "1,a\n");
        await().until(() -> ids().equals(List.of("1")));
        SharedSandbox.get().awsFaults().clear();
        await().until(() -> batch(ledger, "web/1.csv").status() == BatchStatus.COMPLETE);
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void moreStatementsThanABatchTakesAreOneTransactionInASession() throws Exception {
        launch(analytics("batchSize", "2", "preSql", manyInserts()));
        put("web/1.csv", "1,a\n");
        put("web/bad.csv", "x,y\n");
        JsonNode message = message(landing.failedQueueUrl(), "quarantined");
        assertThat(message.at("/quarantined/0/file").asText()).isEqualTo(url("web/bad.csv"));
        assertThat(ids()).hasSize(38).contains("-37", "1"); // the attempt that found the bad row has left nothing
    }

    @Test
    void whereASessionsCallsAreNoTransaction_suchALoadIsRefusedInPlainWords_andNothingIsLoadedTwice() throws Exception {
        SharedSandbox.get().redshift().quirks().add(Quirk.CALLS_APART);
        launch(analytics("batchSize", "1", "preSql", manyInserts()));
        put("web/1.csv", "1,a\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("error");
        assertThat(message.path("error").asText())
                .contains("doesn't keep a transaction open between its calls", "none was run", "batchSize");
        assertThat(ids()).isEmpty();
    }

    private String manyInserts() {
        return IntStream.rangeClosed(1, 37)
                .mapToObj(i -> "INSERT INTO public." + table + " VALUES (" + -i + ", 'pre')")
                .reduce((some, more) -> some + "; " + more)
                .orElseThrow();
    }

    @Test
    void aFileWithABadRowIsSetAside_withFileLineAndReason() throws Exception {
        launch(analytics("batchSize", "2"));
        put("web/a.csv", "1,a\n");
        put("web/bad.csv", "2,b\nthree,c\n");
        JsonNode file = messages(landing.failedQueueUrl(), 1).get(0).at("/quarantined/0");
        assertThat(file.path("file").asText()).isEqualTo(url("web/bad.csv"));
        assertThat(file.path("line").asLong()).isEqualTo(2);
        assertThat(file.path("column").asText()).isEqualTo("id");
        assertThat(file.path("value").asText()).isEqualTo("three");
        assertThat(file.path("reason").asText()).contains("Invalid digit");
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void anObjectThatIsGoneIsFoundByTrials_whoseRowsDontStay() throws Exception {
        launch(analytics("batchSize", "3"));
        put("web/1.csv", "1,x\n");
        put("web/2.csv", "2,x\n");
        SharedSandbox.get().s3().deleteObject(r -> r.bucket(landing.bucket()).key("web/2.csv"));
        put("web/3.csv", "3,x\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.at("/quarantined/0/file").asText()).isEqualTo(url("web/2.csv"));
        assertThat(ids()).containsExactly("1", "3");
    }

    @Test
    void aStagedFeedGoesThroughItsTemporaryTables() throws Exception {
        cluster.run("ALTER TABLE public." + table + " ADD COLUMN file VARCHAR(500)");
        launch(analytics("batchSize", "2", "fileColumn", "file", "writeMode", "overwriteExisting", "keys", "id"));
        put("web/1.csv", "1,a\n");
        put("web/2.csv", "1,b\n2,c\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(cluster.column("SELECT id || ' ' || file FROM public." + table + " ORDER BY id"))
                .hasSize(2)
                .last()
                .isEqualTo("2 " + url("web/2.csv"));
    }

    @Test
    void aMissingTableFailsTheBatchWithTheReason() throws Exception {
        cluster.run("DROP TABLE public." + table);
        launch(analytics("batchSize", "1"));
        put("web/1.csv", "1,a\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("error");
        assertThat(message.path("error").asText()).contains("the table does not exist");
    }

    @Test
    void aClusterThatIsResizedIsHeld_andLoadsWhatHasWaited() throws Exception {
        SharedSandbox.get().redshift().faults().add("resize match=COPY forever");
        Ledger ledger = launch(analytics("batchSize", "1")).ledger();
        put("web/1.csv", "1,a\n");
        JsonNode held = message(landing.failedQueueUrl(), "held");
        assertThat(held.path("cluster").asText()).isEqualTo("analytics");
        assertThat(held.path("reason").asText()).contains("resize mode");
        SharedSandbox.get().redshift().faults().clear();
        await().until(() -> batch(ledger, "web/1.csv").status() == BatchStatus.COMPLETE);
        assertThat(ids()).containsExactly("1");
    }

    private Pipeline analytics(String... feedProperties) {
        List<String> all = new ArrayList<>(List.of("clusters", "analytics"));
        all.addAll(List.of(feedProperties));
        return pipeline(all.toArray(String[]::new))
                .with("camel.beans.analytics", "#class:dev.caravan.dataapi.DataApiDataSource")
                .with("camel.beans.analytics.workgroupName", DataApiServer.CLUSTER)
                .with("camel.beans.analytics.database", "dev");
    }
}
