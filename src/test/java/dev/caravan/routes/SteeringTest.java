package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.ledger.notes.DynamoDbFeedPauses;
import dev.caravan.outcome.Outcome;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a person does to batches and feeds while the shipped routes run. */
class SteeringTest extends LoadingTest {
    private static final String BATCH = "web-20260131T120000000aaaaaaaa";
    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);

    @Test
    void aBatchThatFailedIsReprocessed_withoutAFile_andLoadedOnce() throws Exception {
        SharedSandbox.get().redshift().faults().add("resize match=COPY forever");
        Ledger ledger = launch(pipeline("batchSize", "3").with("caravan.load.retry-for", "1s"))
                .ledger();
        IntStream.rangeClosed(1, 3).forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
        assertThat(message(landing.failedQueueUrl(), "failed").path("error").asText())
                .contains("resize mode");
        await().until(() -> batch(ledger, 1).status() == BatchStatus.ERROR);
        SharedSandbox.get().redshift().faults().clear();
        assertThat(ids()).isEmpty();

        Batch failed = batch(ledger, 1);
        FileEntry second = ledger.known(url("web/2.csv")).get(0).file();
        steering()
                .reprocess(
                        failed,
                        failed.outcomes().keySet(),
                        List.of(QuarantinedFile.omitted(second, "redshift", failed.attempt())));
        JsonNode message = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(message.path("batchId").asText()).isEqualTo(failed.id());
        assertThat(message.at("/quarantined/0/reason").asText()).isEqualTo("omitted by an operator");
        assertThat(ids()).containsExactly("1", "3");

        await().until(() -> batch(ledger, 1).status() == BatchStatus.COMPLETE);
        ledger.reload(ledger.known(url("web/2.csv")).get(0), List.of("redshift"));
        await().until(() -> ids().equals(List.of("1", "2", "3")));
    }

    @Test
    void whatWasSetAsideForAReasonInTheTableComesBackWithItsBatch() throws Exception {
        cluster.run("DROP TABLE public." + table);
        cluster.run("CREATE TABLE public." + table + " (id SMALLINT, name VARCHAR(200))");
        Ledger ledger = start("batchSize", "6", "batchTimeout", "5m", "maxBadFiles", "2")
                .ledger();
        List<String> ids = List.of("70001", "2", "70003", "70004", "5", "70006");
        ids.forEach(id -> put("web/" + id + ".csv", id + ",x\n"));
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("error").asText()).contains("maxBadFiles");
        assertThat(message.path("quarantinedFiles").asInt()).isEqualTo(2);
        await().until(() -> batch(ledger, "web/2.csv").status() == BatchStatus.ERROR);
        cluster.run("DROP TABLE public." + table);
        cluster.run("CREATE TABLE public." + table + " (id INT, name VARCHAR(200))");

        Batch failed = batch(ledger, "web/2.csv");
        List<QuarantinedFile> returning = steering().returning(failed, List.of("redshift"));
        assertThat(returning).hasSize(2);
        Batch whole = steering().release(failed, returning);
        assertThat(whole.quarantined()).isZero();
        assertThat(ledger.quarantined(whole)).isEmpty();
        steering().reprocess(whole, failed.outcomes().keySet(), List.of());
        JsonNode loaded = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(loaded.path("quarantinedFiles").asInt()).isZero();
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ledger.known(url("web/70001.csv")).get(0).quarantined()).isEmpty();
    }

    /** The failure was wrong: the commit had come through, and the answer was lost. */
    @Test
    void aBatchThatTheClusterHoldsAfterAllIsNotLoadedAgain() throws Exception {
        Ledger ledger = start("batchSize", "1").ledger();
        put("web/1.csv", "1,x\n");
        await().until(() -> ids().equals(List.of("1")));
        await().until(() -> batch(ledger, 1).status() == BatchStatus.COMPLETE);
        Batch loaded = batch(ledger, 1);
        Map<String, AttributeValue> values =
                Map.of(":error", AttributeValue.fromS("error"), ":none", AttributeValue.fromM(Map.of()));
        SharedSandbox.get()
                .dynamoDb()
                .updateItem(r -> r.tableName(tables() + "-batches")
                        .key(Map.of("feed", AttributeValue.fromS("web"), "batch", AttributeValue.fromS(loaded.id())))
                        .updateExpression("SET #status = :error, #phase = :error, #outcomes = :none")
                        .expressionAttributeNames(
                                Map.of("#status", "status", "#phase", "phase", "#outcomes", "outcomes"))
                        .expressionAttributeValues(values));
        steering().reprocess(batch(ledger, 1), List.of(), List.of());
        await().until(() -> batch(ledger, 1).status() == BatchStatus.COMPLETE);
        assertThat(ids()).containsExactly("1");
        assertThat(batch(ledger, 1).attempt()).isEqualTo(2);
    }

    @Test
    void aPausedFeedRecordsItsFiles_andLoadsThemWhenItIsResumed_howeverLongThatTakes() throws Exception {
        cluster.run("CREATE TABLE public." + table + "_b (id INT, name VARCHAR(20))");
        Pipeline pipeline = pipeline("batchSize", "1").with("caravan.load.retry-for", "1s");
        pipeline.feed(
                "shop", "prefix", landing.bucket() + "/shop/", "table", "public." + table + "_b", "batchSize", "1");
        createTables();
        pauses().pause("web", "the table is altered");
        Ledger ledger = launch(pipeline).ledger();
        IntStream.rangeClosed(1, 4).forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
        await().until(() -> ledger.held("feed:web").size() == 4);
        put("shop/1.csv", "1,x\n");
        await().until(() -> cluster.count("public." + table + "_b") == 1);
        Instant over = batch(ledger, 4).locked().orElseThrow().plusSeconds(2);
        await().until(() -> Instant.now().isAfter(over));
        assertThat(ids()).isEmpty();
        assertThat(batch(ledger, 1).reason())
                .startsWith("feed web is paused since ")
                .endsWith("the table is altered");
        assertThat(batch(ledger, 1).attempt()).isEqualTo(1);

        SharedSandbox.get().redshift().faults().add("serializable match=COPY times=1");
        pauses().resume("web");
        List<JsonNode> messages = messages(landing.loadedQueueUrl(), 5);
        assertThat(messages).hasSize(5);
        assertThat(ids()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aFlushedFeedIsLoadedAtOnce() throws Exception {
        Ledger ledger = start("batchSize", "100", "batchTimeout", "1h").ledger();
        put("web/1.csv", "1,x\n");
        put("web/2.csv", "2,x\n");
        await().until(() -> ledger.open("web", "web", Batch.SHARED)
                .filter(open -> open.files() == 2)
                .isPresent());
        steering().flush(ledger.open("web", "web", Batch.SHARED).orElseThrow());
        await().until(() -> ids().equals(List.of("1", "2")));
    }

    @Test
    void anUnlockedBatchIsTakenUpByAnother_andLoadedOnce_thoughItsOwnerIsStillAtIt() throws Exception {
        SharedSandbox.get().redshift().faults().add("slow match=COPY times=1 ms=3000");
        Ledger ledger = start("batchSize", "1").ledger();
        put("web/1.csv", "1,x\n");
        await().until(() ->
                !ledger.known(url("web/1.csv")).isEmpty() && batch(ledger, 1).stage() == Stage.COPY);
        launch(pipeline("batchSize", "1"));
        steering().unlock(batch(ledger, 1).id());
        await().until(() -> batch(ledger, 1).status() == BatchStatus.COMPLETE);
        assertThat(batch(ledger, 1).attempt()).isEqualTo(2);
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void aBatchForClustersThatItsFeedNamesNoMoreFails_andThatIsSaid() throws Exception {
        createTables();
        DynamoDbLedger earlier = new DynamoDbLedger(SharedSandbox.get().dynamoDb(), settings("earlier"), CLOCK);
        FileEntry file = new FileEntry("web", url("web/1.csv"), "v1", 4, CLOCK.instant());
        Instant now = CLOCK.instant();
        Batch batch = earlier.lock(
                Batch.fresh("web-20260131T120000000aaaaaaaa", "web", "web", Batch.SHARED, now, now),
                List.of(file),
                "size");
        batch = earlier.quarantine(batch, List.of(QuarantinedFile.omitted(file, "gone", 1)));
        earlier.outcome(batch, new Outcome.Failed("gone", now, "all quarantined", "", List.of()));
        earlier.reach(batch, Stage.NOTIFY);
        earlier.confirm(batch.id());
        earlier.reload(earlier.known(file.url()).get(0), List.of("gone"));
        start("batchSize", "1");
        assertThat(message(landing.failedQueueUrl(), "failed").path("error").asText())
                .contains("feed web names none of the clusters that the batch is for (gone)");
    }

    @Test
    void aBatchThatBringsDownWhoeverLoadsItIsSetAside_andCanBeReprocessed() throws Exception {
        createTables();
        put("apart/1.csv", "1,x\n");
        String id = diedThrice(url("apart/1.csv")).id();
        Ledger ledger = start("batchSize", "1").ledger();
        assertThat(message(landing.failedQueueUrl(), "failed").path("error").asText())
                .contains("each instance that took it up died at stage manifest, 3 in a row")
                .contains("caravan describe batch " + id);
        await().until(() -> ledger.find(id).orElseThrow().status() == BatchStatus.ERROR);
        Batch failed = ledger.find(id).orElseThrow();
        assertThat(failed.manifest()).isEmpty();
        assertThat(ids()).isEmpty();
        steering().reprocess(failed, List.of("redshift"), List.of());
        await().until(() -> ids().equals(List.of("1")));
        await().until(() -> ledger.find(id).orElseThrow().status() == BatchStatus.COMPLETE);
    }

    /** Its last owner had it committed before it died. */
    @Test
    void aBatchThatIsSetAsideButHeldByItsClusterIsLoaded() throws Exception {
        Pipeline pipeline = start("batchSize", "1");
        Ledger ledger = pipeline.ledger();
        put("web/1.csv", "1,x\n");
        await().until(() -> ids().equals(List.of("1")));
        await().until(() -> batch(ledger, 1).status() == BatchStatus.COMPLETE);
        Batch loaded = batch(ledger, 1);
        SharedSandbox.get()
                .dynamoDb()
                .updateItem(r -> r.tableName(tables() + "-batches")
                        .key(Map.of("feed", AttributeValue.fromS("web"), "batch", AttributeValue.fromS(loaded.id())))
                        .updateExpression("SET #status = :locked, #phase = :live, #outcomes = :none, #stage = :copy,"
                                + " #deaths = :three")
                        .expressionAttributeNames(Map.of(
                                "#status", "status",
                                "#phase", "phase",
                                "#outcomes", "outcomes",
                                "#stage", "stage",
                                "#deaths", "deaths:copy"))
                        .expressionAttributeValues(Map.of(
                                ":locked", AttributeValue.fromS("locked"),
                                ":live", AttributeValue.fromS("live"),
                                ":none", AttributeValue.fromM(Map.of()),
                                ":copy", AttributeValue.fromS("copy"),
                                ":three", AttributeValue.fromN("3"))));
        await().until(() -> batch(ledger, 1).status() == BatchStatus.COMPLETE);
        assertThat(batch(ledger, 1).deaths()).isEmpty();
        assertThat(batch(ledger, 1).attempt()).isEqualTo(2);
        assertThat(ids()).containsExactly("1");
    }

    /** Each took the batch over from the one before, whose lease had run out. */
    private Batch diedThrice(String url) throws Exception {
        Instant before = CLOCK.instant().minus(Duration.ofHours(1));
        FileEntry entry = new FileEntry("web", url, "v1", 4, before);
        Batch batch = ledgerOf("instance 0", before)
                .lock(Batch.fresh(BATCH, "web", "web", Batch.SHARED, before, before), List.of(entry), "size");
        for (int i = 1; i <= 3; i++) {
            batch = ledgerOf("instance " + i, before.plus(Duration.ofMinutes(10L * i)))
                    .takeOver(batch.id())
                    .orElseThrow();
        }
        return batch;
    }

    private DynamoDbLedger ledgerOf(String owner, Instant now) {
        return new DynamoDbLedger(SharedSandbox.get().dynamoDb(), settings(owner), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Batch batch(Ledger ledger, int file) {
        return ledger.find(ledger.known(url("web/" + file + ".csv")).get(0).batch())
                .orElseThrow();
    }

    private void createTables() {
        new DynamoDbLedger(SharedSandbox.get().dynamoDb(), settings("test"), CLOCK).createTables();
    }

    private FeedPauses pauses() {
        return new DynamoDbFeedPauses(SharedSandbox.get().dynamoDb(), settings("alice"), CLOCK);
    }

    private String tables() {
        return "load-" + table.replace('_', '-');
    }

    private LedgerSettings settings(String owner) {
        return new LedgerSettings(tables(), owner, Duration.ofMinutes(1), Duration.ofDays(1));
    }
}
