package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.LogOf;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Ledger;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.routes.SecondCluster;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One bad file does not hold back the others, and a person is told. */
class QuarantineTest extends LoadingTest {

    @Test
    void aFileWithABadRowIsSetAside_theRestLoads_andAPersonIsToldFileLineColumnValueAndReason() throws Exception {
        Ledger ledger = start("batchSize", "3").ledger();
        put("web/a.csv", "1,a\n");
        put("web/bad.csv", "2,b\nthree,c\n");
        put("web/c.csv", "4,d\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("complete");
        JsonNode file = message.at("/quarantined/0");
        assertThat(file.path("file").asText()).isEqualTo(url("web/bad.csv"));
        assertThat(file.path("line").asLong()).isEqualTo(2);
        assertThat(file.path("column").asText()).isEqualTo("id");
        assertThat(file.path("value").asText()).isEqualTo("three");
        assertThat(file.path("reason").asText()).contains("Invalid digit");
        assertThat(message.path("quarantinedFiles").asInt()).isEqualTo(1);
        assertThat(ids()).containsExactly("1", "4");
        assertThat(messages(landing.loadedQueueUrl(), 1)).hasSize(1);
        assertThat(ledger.known(url("web/bad.csv")).get(0).quarantined()).containsKey("redshift");
        assertThat(ledger.known(url("web/a.csv")).get(0).quarantined()).isEmpty();
    }

    @Test
    void severalBadFilesAreSetAsideOneAfterAnother_withoutWaitingForTheNextLookForBatches() throws Exception {
        launch(pipeline("batchSize", "4").with("caravan.ledger.scan-interval", "1h"));
        put("web/a.csv", "1,a\n");
        put("web/b.csv", "x,b\n");
        put("web/c.csv", "y,c\n");
        put("web/d.csv", "z,d\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("quarantinedFiles").asInt()).isEqualTo(3);
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void anObjectThatIsGoneIsFoundByHalving_andTheRestLoads() throws Exception {
        start("batchSize", "9");
        for (int i = 1; i <= 8; i++) {
            put("web/" + i + ".csv", i + ",x\n");
        }
        SharedSandbox.get().s3().deleteObject(r -> r.bucket(landing.bucket()).key("web/6.csv"));
        put("web/9.csv", "9,x\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.at("/quarantined/0/file").asText()).isEqualTo(url("web/6.csv"));
        assertThat(message.at("/quarantined/0/reason").asText()).contains("no longer in S3");
        assertThat(ids()).containsExactly("1", "2", "3", "4", "5", "7", "8", "9");
    }

    @Test
    void aSearchThatIsInterruptedIsRepeated_andNoGoodFileFails() throws Exception {
        // The SDK asks four times: this search can't write its first manifest.
        SharedSandbox.get().awsFaults().add("s3 error match=-search- times=4");
        start("batchSize", "3");
        put("web/1.csv", "1,x\n");
        put("web/2.csv", "2,x\n");
        SharedSandbox.get().s3().deleteObject(r -> r.bucket(landing.bucket()).key("web/2.csv"));
        put("web/3.csv", "3,x\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("complete");
        assertThat(message.at("/quarantined/0/file").asText()).isEqualTo(url("web/2.csv"));
        assertThat(ids()).containsExactly("1", "3");
    }

    @Test
    void aLedgerThatDoesntAnswerIsNoReasonToFailABatch() throws Exception {
        Ledger ledger = start("batchSize", "1").ledger();
        SharedSandbox.get().awsFaults().add("dynamodb conflict match=\"#manifest = :manifest\" forever");
        put("web/1.csv", "1,x\n");
        await().until(() -> !ledger.known(url("web/1.csv")).isEmpty()
                && batch(ledger, "web/1.csv").reason().contains("the ledger did not answer"));
        SharedSandbox.get().awsFaults().clear();
        await().until(() -> batch(ledger, "web/1.csv").status() == BatchStatus.COMPLETE);
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void aFeedThatSaysFailLosesTheWholeBatch() throws Exception {
        Ledger ledger = start("batchSize", "2", "onBadFile", "fail").ledger();
        put("web/good.csv", "1,a\n");
        put("web/bad.csv", "2,b\nthree,c\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("error");
        JsonNode row = message.at("/clusters/0/badRows/0");
        assertThat(row.path("file").asText()).isEqualTo(url("web/bad.csv"));
        assertThat(row.path("line").asLong()).isEqualTo(2);
        assertThat(message.path("error").asText()).contains("stl_load_errors");
        assertThat(ids()).isEmpty();
        await().until(() -> batch(ledger, "web/good.csv").status() == BatchStatus.ERROR);
    }

    @Test
    void aBatchThatWouldLoseMoreFilesThanAllowedFailsAsAWhole() throws Exception {
        start("batchSize", "4", "maxBadFiles", "1");
        put("web/a.csv", "1,a\n");
        put("web/bad1.csv", "one,a\n");
        put("web/bad2.csv", "two,a\n");
        put("web/d.csv", "4,a\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("error");
        assertThat(message.path("error").asText()).contains("maxBadFiles");
        assertThat(message.path("quarantined")).hasSize(1);
        assertThat(ids()).isEmpty();
    }

    @Test
    void aBatchWithoutAnyGoodFileEndsInError() throws Exception {
        start("batchSize", "1");
        try (LogOf log = LogOf.messages("dev.caravan")) {
            put("web/bad.csv", "one,a\n");
            JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
            assertThat(message.path("status").asText()).isEqualTo("error");
            assertThat(message.path("error").asText())
                    .contains("none of the batch's files")
                    .contains("Invalid digit");
            assertThat(log.lines("Quarantined; nothing else of batch ")).hasSize(1);
            assertThat(log.lines("the rest of batch")).isEmpty();
            assertThat(log.lines(" looking ")).isEmpty();
            await().until(() -> log.lines(" ended error: 1 file, ").stream()
                    .anyMatch(line -> line.contains("; redshift: none of the batch's files")));
        }
    }

    @Test
    void anErrorOfAnEarlierLoadOfTheSameObjectIsNotTakenForThisOnes() throws Exception {
        start("batchSize", "2", "batchTimeout", "1s");
        put("web/mended.csv", "one,a\n");
        messages(landing.failedQueueUrl(), 1);
        put("web/mended.csv", "1,a\n");
        put("web/bad.csv", "two,a\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("quarantined")).hasSize(1);
        assertThat(message.at("/quarantined/0/file").asText()).isEqualTo(url("web/bad.csv"));
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void aFileIsSetAsideOnlyForTheClusterThatRefusesIt_andReloadedOnlyThere() throws Exception {
        ClusterSql second = SecondCluster.sql();
        second.run("CREATE TABLE public." + table + " (id VARCHAR(20), name VARCHAR(20))");
        Pipeline pipeline = pipeline("batchSize", "3", "clusters", "redshift,second");
        Ledger ledger = launch(SecondCluster.addTo(pipeline)).ledger();
        put("web/a.csv", "1,a\n");
        put("web/b.csv", "two,b\n");
        put("web/c.csv", "3,c\n");
        messages(landing.failedQueueUrl(), 1);
        assertThat(ids()).containsExactly("1", "3");
        assertThat(ids(second)).containsExactly("1", "3", "two");

        cluster.run("DROP TABLE public." + table);
        cluster.run("CREATE TABLE public." + table + " (id VARCHAR(20), name VARCHAR(20))");
        Ledger.KnownFile known = ledger.known(url("web/b.csv")).get(0);
        Batch reloaded = ledger.reload(known, List.copyOf(known.quarantined().keySet()));
        await().until(() -> ledger.find(reloaded.id()).orElseThrow().status() == BatchStatus.COMPLETE);
        assertThat(ids()).containsExactly("two");
        assertThat(ids(second)).containsExactly("1", "3", "two");
        assertThat(ledger.known(url("web/b.csv")).get(0).quarantined()).isEmpty();
    }
}
