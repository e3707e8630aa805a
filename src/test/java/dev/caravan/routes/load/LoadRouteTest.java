package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.aws.s3.EventDelivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;

/** The shipped routes from an S3 put to rows and messages, through the real driver. */
class LoadRouteTest extends LoadingTest {
    @Test
    void filesThatLandAreLoadedOnce_andTheLoadedTopicHearsOfIt() throws Exception {
        start("batchSize", "3", "batchTimeout", "1s");
        IntStream.range(0, 7).forEach(i -> put("web/f" + i + ".csv", i + ",n" + i + "\n"));
        List<JsonNode> messages = messages(landing.loadedQueueUrl(), 3);
        assertThat(ids()).containsExactly("0", "1", "2", "3", "4", "5", "6");
        assertThat(messages).extracting(m -> m.path("status").asText()).containsOnly("complete");
        assertThat(messages.stream().mapToLong(m -> m.path("files").asLong()).sum())
                .isEqualTo(7);
        assertThat(messages.stream()
                        .mapToLong(m -> m.at("/clusters/0/rows").asLong())
                        .sum())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b.csv", "a+b.csv", "100%.csv", "ü.csv", "日本.csv", "x=1&y=2.csv", "%2B.csv", "q'uo\"te.csv"})
    void oddKeysAreLoaded(String name) {
        start("batchSize", "1");
        put("web/" + name, "1,a\n");
        await().until(() -> ids().equals(List.of("1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "several records", "wrapped by SNS", "EventBridge"})
    void everyEnvelopeIsOpened(String envelope) throws Exception {
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.never());
        start("batchSize", "1");
        put("web/a b+1.csv", "1,a\n");
        String plain = "{\"Records\":[%s]}".formatted(record("web/a+b%2B1.csv"));
        String body = switch (envelope) {
            case "plain" -> plain;
            case "several records" ->
                "{\"Records\":[%s,%s]}".formatted(record("other/x.csv"), record("web/a+b%2B1.csv"));
            case "wrapped by SNS" -> JSON.writeValueAsString(Map.of("Type", "Notification", "Message", plain));
            default -> """
                        {"detail-type":"Object Created","source":"aws.s3","time":"2026-01-31T12:00:00Z","detail":{
                        "bucket":{"name":"%s"},"object":{"key":"web/a b+1.csv","size":4,"etag":"e1"}}}""".formatted(landing.bucket());
        };
        SharedSandbox.get()
                .sqs()
                .sendMessage(r -> r.queueUrl(landing.queueUrl()).messageBody(body));
        await().until(() -> ids().equals(List.of("1")));
    }

    @Test
    void repeatedEventsLoadAFileOnce() throws Exception {
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.times(3));
        start("batchSize", "2", "batchTimeout", "1s");
        IntStream.range(0, 4).forEach(i -> put("web/f" + i + ".csv", i + ",n\n"));
        messages(landing.loadedQueueUrl(), 2);
        await().during(Duration.ofSeconds(2)).until(() -> ids().equals(List.of("0", "1", "2", "3")));
    }

    @Test
    void aMissingTableFailsTheBatch_withTheDatabasesWords() throws Exception {
        cluster.run("DROP TABLE public." + table);
        start("batchSize", "1");
        put("web/f.csv", "1,a\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("error").asText()).contains("nonexistent table " + table);
        cluster.run("CREATE TABLE public." + table + " (id INT, name VARCHAR(20))");
    }

    @Test
    void aRowThatVanishedFromTheClustersLedgerIsNotTakenForAFailedLoad() throws Exception {
        Pipeline pipeline = start("batchSize", "1");
        put("web/first.csv", "1,a\n");
        messages(landing.loadedQueueUrl(), 1);
        // Somebody empties the ledger table between the commit and Caravan's question: the load must not be repeated.
        cluster.run("CREATE RULE vanish AS ON INSERT TO caravan.\"public." + table + "\" DO INSTEAD NOTHING");
        put("web/second.csv", "2,b\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("error").asText()).contains("was it deleted by hand");
        assertThat(pipeline.context().isStarted()).isTrue();
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void aLostCommitAcknowledgementLoadsOnce() throws Exception {
        start("batchSize", "1");
        put("web/first.csv", "1,a\n");
        messages(landing.loadedQueueUrl(), 1);
        SharedSandbox.get().redshift().faults().add("lost-commit match=COMMIT times=1");
        put("web/second.csv", "2,b\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void everyClusterOfAFeedIsLoaded() throws Exception {
        Pipeline pipeline = pipeline("batchSize", "1", "clusters", "redshift,second");
        launch(second(pipeline));
        put("web/f.csv", "1,a\n");
        JsonNode message = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(message.at("/clusters")).hasSize(2);
        // Both data sources lead to one database, whose ledger table lets the batch in once.
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void anEventThatCantBeReadIsParkedAsItCame_andItsSiblingsAreLoaded() {
        start("batchSize", "1");
        put("web/good.csv", "1,a\n");
        await().until(() -> ids().equals(List.of("1")));
        SharedSandbox.get()
                .sqs()
                .sendMessage(r -> r.queueUrl(landing.queueUrl())
                        .messageBody("{\"Records\":[%s,%s]}".formatted(record("bad%ZZ"), record("web/good2.csv"))));
        put("web/good3.csv", "3,c\n");
        Message parked = await().until(() -> parked(), m -> !m.isEmpty()).get(0);
        assertThat(parked.body()).contains("bad%ZZ").doesNotContain("good2");
        assertThat(parked.messageAttributes().get("reason"))
                .satisfies(reason -> assertThat(reason.stringValue()).contains("bad%ZZ"));
        await().until(() -> ids().contains("3"));
    }

    @Test
    void garbageIsParkedWhole() {
        start("batchSize", "1");
        SharedSandbox.get()
                .sqs()
                .sendMessage(r -> r.queueUrl(landing.queueUrl()).messageBody("not json"));
        Message parked = await().until(() -> parked(), m -> !m.isEmpty()).get(0);
        assertThat(parked.body()).isEqualTo("not json");
        // Acknowledged, lest it comes again every 30 s and is parked each time.
        await().until(() -> waitingEvents().values().stream().allMatch("0"::equals));
    }

    @Test
    void anObjectThatNoFeedWantsIsParkedIfTheConfigurationSaysSo() {
        launch(pipeline("batchSize", "1").with("caravan.unmatched", "park"));
        put("elsewhere/f.csv", "1,a\n");
        Message parked = await().until(() -> parked(), m -> !m.isEmpty()).get(0);
        assertThat(parked.messageAttributes().get("reason"))
                .satisfies(reason -> assertThat(reason.stringValue()).contains("no feed wants"));
    }
}
