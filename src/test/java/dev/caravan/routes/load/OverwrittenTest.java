package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.ledger.notes.DynamoDbFeedPauses;
import dev.caravan.outcome.Outcome;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.routes.SecondCluster;
import dev.caravan.sandbox.RecordFiles;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.aws.s3.EventDelivery;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** COPY reads what an object holds then: of one that was overwritten before it was loaded, that is loaded, once, and nothing else waits for it. */
class OverwrittenTest extends LoadingTest {
    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);
    private static final String PARQUET = "required int32 id; optional binary name (STRING);";

    @Test
    void aFileThatWasCorrectedByUploadingItAgainIsNotLoadedASecondTimeWithItsReprocessedBatch() throws Exception {
        Ledger ledger = start("batchSize", "2", "batchTimeout", "1s", "onBadFile", "fail")
                .ledger();
        put("web/a.csv", "1,a\n");
        put("web/b.csv", "x,b\n");
        message(landing.failedQueueUrl(), "failed");
        String failed = batch(ledger, "web/a.csv").id();
        put("web/b.csv", "2,b\n");
        message(landing.loadedQueueUrl(), "loaded");
        await().until(() -> ledger.find(failed).orElseThrow().status() == BatchStatus.ERROR);
        reprocess(ledger.find(failed).orElseThrow());
        JsonNode message = message(landing.loadedQueueUrl(), "loaded");
        assertThat(message.path("batchId").asText()).isEqualTo(failed);
        assertThat(message.path("severity").asText()).isEqualTo("info");
        assertThat(message.path("supersededFiles").asInt()).isEqualTo(1);
        assertThat(message.at("/superseded/0/file").asText()).isEqualTo(url("web/b.csv"));
        assertThat(message.at("/superseded/0/reason").asText()).startsWith("replaced by version ");
        assertThat(rows()).containsExactly("1,a", "2,b");
    }

    @Test
    void aBatchWhoseFileWasCorrectedByUploadingItAgainIsMadeGoodByItself() throws Exception {
        Ledger ledger = start("batchSize", "1").ledger();
        put("web/b.csv", "x,b\n");
        String failed =
                message(landing.failedQueueUrl(), "failed").path("batchId").asText();
        await().until(() -> ledger.find(failed).orElseThrow().status() == BatchStatus.ERROR);
        put("web/b.csv", "2,b\n");
        message(landing.loadedQueueUrl(), "loaded");
        await().until(() -> ledger.find(failed).orElseThrow().status() == BatchStatus.COMPLETE);
        assertThat(ledger.find(failed).orElseThrow().isMadeGood()).isTrue();
        assertThat(rows()).containsExactly("2,b");
    }

    @ParameterizedTest
    @CsvSource({"2,load", "3,load", "2,replace", "3,replace", "1,load"})
    void anObjectThatWasOverwrittenBeforeItsLoadIsLoadedAsWhatItIsNow_once(int batchSize, String onOverwrite)
            throws Exception {
        FeedPauses pauses = paused();
        Ledger ledger = launch(pipeline(
                        "batchSize",
                        Integer.toString(batchSize),
                        "onOverwrite",
                        onOverwrite,
                        "fileColumn",
                        "name",
                        "columns",
                        "id, name"))
                .ledger();
        put("web/x.csv", "1,a\n");
        await().until(() -> ledger.known(url("web/x.csv")).size() == 1);
        put("web/y.csv", "7,y\n");
        await().until(() -> ledger.known(url("web/y.csv")).size() == 1);
        put("web/x.csv", "2,b\n3,c\n4,d\n");
        await().until(() -> ledger.known(url("web/x.csv")).size() == 2);
        pauses.resume("web");
        awaitEnd(ledger, "web/x.csv", "web/y.csv");
        assertThat(rows()).containsExactly("2,b", "3,c", "4,d", "7,y");
    }

    @Test
    void aBatchOfSupersededFilesAloneIsLoadedWithoutRows_andItsClusterKnowsIt() throws Exception {
        FeedPauses pauses = paused();
        Ledger ledger = launch(pipeline("batchSize", "1")).ledger();
        put("web/x.csv", "1,a\n");
        Batch first = batch(ledger, "web/x.csv");
        put("web/x.csv", "2,b\n");
        await().until(() -> ledger.known(url("web/x.csv")).size() == 2);
        pauses.resume("web");
        awaitEnd(ledger, "web/x.csv");
        assertThat(rows()).containsExactly("2,b");
        assertThat(ledger.find(first.id()).orElseThrow().status()).isEqualTo(BatchStatus.COMPLETE);
        assertThat(cluster.column("SELECT \"rows\" FROM caravan.\"public." + table + "\" ORDER BY \"rows\""))
                .containsExactly("0", "1");
    }

    /** The events of what overwrites are late: S3 says what the objects are. */
    @ParameterizedTest
    @ValueSource(strings = {"load", "skip", "replace"})
    void anObjectWhoseOverwritingNobodyToldOfYetIsLoadedAsWhatItIsNow_andItsEventIsKnownThen(String onOverwrite)
            throws Exception {
        FeedPauses pauses = paused();
        Ledger ledger = launch(pipeline(
                        "batchSize",
                        "2",
                        "onOverwrite",
                        onOverwrite,
                        "fileColumn",
                        "name",
                        "columns",
                        "id, name",
                        "onBadFile",
                        "fail"))
                .ledger();
        put("web/x.csv", "1,a\n");
        put("web/y.csv", "7,y\n");
        await().until(() -> !ledger.known(url("web/x.csv")).isEmpty()
                && !ledger.known(url("web/y.csv")).isEmpty());
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.never());
        put("web/x.csv", "2,b\n3,c\n4,d\n");
        pauses.resume("web");
        await().until(() -> rows().equals(List.of("2,b", "3,c", "4,d", "7,y")));
        awaitEnd(ledger, "web/x.csv", "web/y.csv");

        tellLate("web/x.csv", Instant.now());
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.promptly());
        put("web/z1.csv", "8,z\n");
        put("web/z2.csv", "9,z\n");
        await().until(() -> rows().size() == 6);
        assertThat(rows()).containsExactly("2,b", "3,c", "4,d", "7,y", "8,z", "9,z");
        assertThat(ledger.known(url("web/x.csv"))).hasSize(2);
        assertThat(parked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void parquetObjectsLikewise_longerOrShorter(boolean longer) throws Exception {
        FeedPauses pauses = paused();
        Ledger ledger = launch(pipeline("format", "PARQUET", "batchSize", "2")).ledger();
        List<Map<String, Object>> few = List.of(Map.of("id", 1, "name", "few"));
        List<Map<String, Object>> many =
                List.of(Map.of("id", 2, "name", "m".repeat(150)), Map.of("id", 3, "name", "n".repeat(120)));
        put("web/x", RecordFiles.parquet(PARQUET, longer ? few : many));
        put("web/y", RecordFiles.parquet(PARQUET, List.of(Map.of("id", 7, "name", "y"))));
        await().until(() -> !ledger.known(url("web/x")).isEmpty()
                && !ledger.known(url("web/y")).isEmpty());
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.never());
        put("web/x", RecordFiles.parquet(PARQUET, longer ? many : few));
        pauses.resume("web");
        List<String> wanted = longer ? List.of("2", "3", "7") : List.of("1", "7");
        await().until(() -> ids().equals(wanted));
        awaitEnd(ledger, "web/x", "web/y");
        tellLate("web/x", Instant.now());
        await().until(() -> waitingEvents().values().stream().allMatch("0"::equals));
        assertThat(ids()).isEqualTo(wanted);
    }

    @Test
    void whatTheLoadOfTheOlderVersionHasReadIsNotLoadedAgain_ofEqualSizeToo() throws Exception {
        FeedPauses pauses = paused();
        Ledger ledger = launch(pipeline("batchSize", "1")).ledger();
        put("web/x.csv", "1,a\n");
        Batch first = batch(ledger, "web/x.csv");
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.never());
        put("web/x.csv", "2,b\n");
        Instant overwritten = Instant.now();
        await().until(() -> Instant.now().isAfter(overwritten.plusSeconds(3)));
        pauses.resume("web");
        await().until(() -> rows().equals(List.of("2,b")));
        await().until(() -> ledger.find(first.id()).orElseThrow().status() == BatchStatus.COMPLETE);
        tellLate("web/x.csv", overwritten);
        await().until(() -> ledger.known(url("web/x.csv")).size() == 2);
        awaitEnd(ledger, "web/x.csv");
        assertThat(rows()).containsExactly("2,b");
        assertThat(messages(landing.loadedQueueUrl(), 2))
                .extracting(message -> message.at("/superseded/0/reason").asText())
                .anyMatch(reason -> reason.contains("has loaded this content"));
    }

    @Test
    void whereNobodyCanTellWhichOfTwoWasLoadedAPersonIsTold_andDecides() throws Exception {
        SharedSandbox.get().redshift().faults().add("slow match=\"^\\s*COPY\" ms=4000 times=1");
        Ledger ledger = start("batchSize", "1").ledger();
        put("web/x.csv", "1,a\n");
        Batch first = batch(ledger, "web/x.csv");
        await().until(() -> !ledger.find(first.id()).orElseThrow().manifest().isEmpty());
        Instant began = Instant.now();
        await().until(() -> Instant.now().isAfter(began.plusSeconds(1)));
        put("web/x.csv", "2,b\n");
        JsonNode message = message(landing.failedQueueUrl(), "failed");
        assertThat(message.at("/quarantined/0/reason").asText()).contains("nobody can tell which of the two");
        List<String> read = rows();
        assertThat(read).hasSize(1);
        Ledger.KnownFile newer = ledger.known(url("web/x.csv")).stream()
                .filter(known -> !known.batch().equals(first.id()))
                .findFirst()
                .orElseThrow();
        await().until(() -> ledger.find(newer.batch()).orElseThrow().status() == BatchStatus.ERROR);
        ledger.reload(newer, List.of("redshift"));
        await().until(() -> rows().size() == 2);
    }

    @Test
    void whatAnAttemptReadsThatWasThoughtDeadIsNotLoadedAgain_aPersonIsTold() throws Exception {
        SharedSandbox.get().redshift().faults().add("slow match=\"^\\s*COPY\" ms=6000 times=1");
        Ledger ledger = start("batchSize", "1").ledger();
        put("web/x.csv", "1,a\n");
        Batch first = batch(ledger, "web/x.csv");
        await().until(() -> !ledger.find(first.id()).orElseThrow().manifest().isEmpty());
        put("web/x.csv", "2,b\n");
        await().until(() -> ledger.known(url("web/x.csv")).size() == 2);
        steering().unlock(first.id());
        JsonNode message = message(landing.failedQueueUrl(), "failed");
        assertThat(message.at("/quarantined/0/reason").asText()).contains("nobody can tell which of the two");
        await().until(() -> ledger.find(first.id()).orElseThrow().status() == BatchStatus.COMPLETE);
        assertThat(rows()).containsExactly("2,b");
    }

    /** The events tell the times of two versions the wrong way round: what S3 holds is loaded all the same, into each of the clusters. */
    @Test
    void whatIsThereIsLoadedIntoEachCluster_whateverTheEventsSayOfItsAge() throws Exception {
        SecondCluster.sql().run("CREATE TABLE public." + table + " (id INT, name VARCHAR(200))");
        FeedPauses pauses = paused();
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.never());
        Ledger ledger = launch(SecondCluster.addTo(pipeline("batchSize", "2", "clusters", "redshift, second")))
                .ledger();
        put("web/x.csv", "1,a\n");
        tellLate("web/x.csv", Instant.now());
        put("web/x.csv", "2,b\n3,c\n");
        tellLate("web/x.csv", Instant.now().minusSeconds(60));
        await().until(() -> ledger.known(url("web/x.csv")).size() == 2);
        pauses.resume("web");
        await().untilAsserted(() -> assertThat(ids()).containsExactly("2", "3"));
        await().untilAsserted(() -> assertThat(ids(SecondCluster.sql())).containsExactly("2", "3"));
        awaitEnd(ledger, "web/x.csv");
        assertThat(ids()).containsExactly("2", "3");
        assertThat(ids(SecondCluster.sql())).containsExactly("2", "3");
    }

    /** S3 may say of an object that it was created a moment after it could be read first. */
    @Test
    void aVersionThatIsSaidToBeNewerThanTheLoadByAMoment_ofEqualSize_isAPersonsToDecide() throws Exception {
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.never());
        Ledger ledger = start("batchSize", "1").ledger();
        put("web/x.csv", "1,a\n");
        tellLate("web/x.csv", Instant.now());
        message(landing.loadedQueueUrl(), "loaded");
        Batch first = batch(ledger, "web/x.csv");
        Instant loaded =
                first.outcomes().values().stream().map(Outcome::at).findFirst().orElseThrow();
        put("web/x.csv", "2,b\n");
        tellLate("web/x.csv", loaded.plusMillis(400));
        JsonNode message = message(landing.failedQueueUrl(), "failed");
        assertThat(message.at("/quarantined/0/reason").asText()).contains("nobody can tell which of the two");
        assertThat(rows()).containsExactly("1,a");
    }

    @Test
    void eachClusterGetsWhatTheObjectHoldsNow_once() throws Exception {
        FeedPauses pauses = paused();
        Pipeline pipeline = launch(second(pipeline("batchSize", "2", "clusters", "redshift, second")));
        Ledger ledger = pipeline.ledger();
        put("web/x.csv", "1,a\n");
        put("web/y.csv", "7,y\n");
        await().until(() -> !ledger.known(url("web/x.csv")).isEmpty()
                && !ledger.known(url("web/y.csv")).isEmpty());
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.never());
        put("web/x.csv", "2,b\n3,c\n");
        pauses.resume("web");
        await().until(() -> ledger.known(url("web/x.csv")).size() == 2);
        awaitEnd(ledger, "web/x.csv", "web/y.csv");
        // Both names are of one database: whose ledger table lets each batch in once.
        assertThat(rows()).containsExactly("2,b", "3,c", "7,y");
    }

    private List<String> rows() {
        return cluster.column("SELECT id || ',' || name FROM public." + table + " ORDER BY id");
    }

    /** Whoever waits in vain sees what the batches wait for. */
    private void awaitEnd(Ledger ledger, String... keys) {
        await().untilAsserted(() -> assertThat(List.of(keys))
                .flatMap(key -> ledger.known(url(key)))
                .map(known -> ledger.find(known.batch()).orElseThrow())
                .allMatch(batch -> batch.status() == BatchStatus.COMPLETE));
    }

    private FeedPauses paused() {
        new DynamoDbLedger(SharedSandbox.get().dynamoDb(), settings(), CLOCK).createTables();
        FeedPauses pauses = new DynamoDbFeedPauses(SharedSandbox.get().dynamoDb(), settings(), CLOCK);
        pauses.pause("web", "files are overwritten");
        return pauses;
    }

    /** The event that S3 kept back. */
    private void tellLate(String key, Instant created) {
        var head = SharedSandbox.get()
                .s3()
                .headObject(r -> r.bucket(landing.bucket()).key(key));
        String event = """
                {"Records":[{"eventName":"ObjectCreated:Put","eventTime":"%s","s3":{"bucket":{"name":"%s"},
                "object":{"key":"%s","size":%d,"eTag":"%s"}}}]}""".formatted(
                        created,
                        landing.bucket(),
                        key,
                        head.contentLength(),
                        head.eTag().replace("\"", ""));
        SharedSandbox.get()
                .sqs()
                .sendMessage(r -> r.queueUrl(landing.queueUrl()).messageBody(event));
    }
}
