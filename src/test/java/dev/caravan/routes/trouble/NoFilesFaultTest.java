package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.Batch;
import dev.caravan.ledger.Ledger;
import dev.caravan.routes.LoadingTest;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the feed or in the table is said to, and no file is set aside for it. */
class NoFilesFaultTest extends LoadingTest {
    private static final String PATHS = "{\"jsonpaths\": [\"$.id\", \"$.name\"]}";

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aMissingJsonpathsFileIsTheFeeds_andWhenItIsPutBackEverythingLoads(int files) throws Exception {
        Ledger ledger = startJson(files);
        putJson(files);
        Batch waiting = waiting(ledger);
        assertThat(waiting.reason())
                .contains("the jsonpaths file " + url("paths/web.json") + " of feed 'web'")
                .contains("NoSuchKey")
                .doesNotContain("Put the file back");
        assertThat(waiting.quarantined()).isZero();
        put("paths/web.json", PATHS);
        JsonNode message = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(message.path("quarantined")).isEmpty();
        assertThat(ids()).hasSize(files);
    }

    @Test
    void oneThatTheClusterMayNotReadIsTheFeedsToo() throws Exception {
        put("paths/web.json", PATHS);
        SharedSandbox.get().redshift().faults().add("s3-403 match=paths/web.json forever");
        Ledger ledger = startJson(2);
        putJson(2);
        Batch waiting = waiting(ledger);
        assertThat(waiting.reason()).contains("the jsonpaths file " + url("paths/web.json") + " of feed 'web'");
        assertThat(waiting.quarantined()).isZero();
        SharedSandbox.get().redshift().faults().clear();
        messages(landing.loadedQueueUrl(), 1);
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void oneThatIsNoJsonFailsTheBatchWithItsUrl_andSetsNoFileAside() throws Exception {
        put("paths/web.json", "jsonpaths");
        startJson(2);
        putJson(2);
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("error").asText()).contains("Invalid JSONPath format", url("paths/web.json"));
        assertThat(message.path("quarantined")).isEmpty();
    }

    @Test
    void whereATypeWasNarrowedNoGoodFileIsSetAside_butThePersonIsSentToTheTable() throws Exception {
        cluster.run("DROP TABLE public." + table);
        cluster.run("CREATE TABLE public." + table + " (id SMALLINT, name VARCHAR(200))");
        Ledger ledger = start("batchSize", "12").ledger();
        IntStream.rangeClosed(1, 12).forEach(i -> put("web/" + i + ".csv", 70_000 + i + ",x\n"));
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("error");
        assertThat(message.path("error").asText()).contains("look at the table, its columns");
        assertThat(message.path("quarantined")).isEmpty();
        assertThat(message.path("attempt").asInt()).isEqualTo(1);
        assertThat(message.at("/clusters/0/badRows/0/column").asText()).isEqualTo("id");
        assertThat(batch(ledger, "web/1.csv").quarantined()).isZero();
    }

    @Test
    void aColumnThatWasDroppedIsNoFilesFaultEither() throws Exception {
        cluster.run("ALTER TABLE public." + table + " DROP COLUMN name");
        start("batchSize", "3");
        IntStream.rangeClosed(1, 3).forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("error");
        assertThat(message.path("error").asText()).contains("look at the table, its columns");
        assertThat(message.path("quarantined")).isEmpty();
    }

    @Test
    void aFeedsSqlThatFailsWithoutAnyFileIsNotItsOnlyFilesFault() throws Exception {
        cluster.run("CREATE TABLE public." + table + "_old (v VARCHAR(20))");
        cluster.run("INSERT INTO public." + table + "_old VALUES ('no number')");
        start(
                "batchSize",
                "1",
                "postSql",
                "INSERT INTO public." + table + " SELECT CAST(v AS INT), v FROM public." + table
                        + "_old WHERE v <> ''");
        put("web/1.csv", "1,x\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("error").asText()).contains("look at the table and the feed");
        assertThat(message.path("quarantined")).isEmpty();
    }

    private Ledger startJson(int files) {
        return start("format", "JSON '" + url("paths/web.json") + "'", "batchSize", String.valueOf(files))
                .ledger();
    }

    private void putJson(int files) {
        for (int i = 1; i <= files; i++) {
            put("web/" + i + ".json", "{\"id\": " + i + ", \"name\": \"x\"}\n");
        }
    }

    private Batch waiting(Ledger ledger) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> batch(ledger, "web/1.json").pauses() > 0);
        return batch(ledger, "web/1.json");
    }
}
