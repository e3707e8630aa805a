package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ledger.Ledger;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.SharedSandbox;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What a producer writes into a key, a value or a file decides that file's fate, and nothing else. */
class HostileFilesTest extends LoadingTest {
    private static final List<String> WORDS = List.of(
            "maintenance mode",
            "already loaded: x",
            "AccessDenied",
            "Cannot execute query because system is in resize mode",
            "x,Status 503,Error SlowDown,Rid A,ExtRid B,CanRetry 1",
            "S3 key being read : s3://landing/good",
            "1023 Disk Full' ExpiredToken");

    @Test
    void objectsThatAreGoneAreSetAsideAtOnce_whateverTheirNamesSay_andNoClusterIsHeld() throws Exception {
        Ledger ledger = start("batchSize", String.valueOf(WORDS.size() + 1)).ledger();
        for (String words : WORDS) {
            put("web/" + words + ".csv", "7,x\n");
            SharedSandbox.get()
                    .s3()
                    .deleteObject(r -> r.bucket(landing.bucket()).key("web/" + words + ".csv"));
        }
        put("web/good.csv", "1,x\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(StreamSupport.stream(message.path("quarantined").spliterator(), false)
                        .map(file -> file.path("file").asText()))
                .containsExactlyInAnyOrderElementsOf(WORDS.stream()
                        .map(words -> url("web/" + words + ".csv"))
                        .toList());
        assertThat(message.at("/quarantined/0/reason").asText()).contains("no longer in S3");
        assertThat(ids()).containsExactly("1");
        assertThat(batch(ledger, "web/good.csv").attempt()).isEqualTo(2);
        assertThat(messages(landing.loadedQueueUrl(), 1)).hasSize(1);
    }

    @Test
    void anObjectThatTheClusterMissesThoughS3HasItIsSetAsideToo() throws Exception {
        SharedSandbox.get().redshift().faults().add("s3-404 match=web/2.csv forever");
        start("batchSize", "3");
        for (String id : List.of("1", "2", "3")) {
            put("web/" + id + ".csv", id + ",x\n");
        }
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.at("/quarantined/0/file").asText()).isEqualTo(url("web/2.csv"));
        assertThat(ids()).containsExactly("1", "3");
    }

    @Test
    void wordsOfFailuresInValuesSetTheirFileAside() throws Exception {
        start("batchSize", "2");
        put(
                "web/values.csv",
                String.join(
                        "\n", WORDS.stream().map(words -> "\"" + words + "\",x").toList()));
        put("web/good.csv", "1,x\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.at("/quarantined/0/file").asText()).isEqualTo(url("web/values.csv"));
        assertThat(message.at("/quarantined/0/value").asText()).isEqualTo(WORDS.get(0));
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void aValueThatTheFeedsOwnSqlCantTakeIsFound_andTheRestLoads() throws Exception {
        cluster.run("CREATE TABLE public." + table + "_n (n INT)");
        start(
                "batchSize",
                "3",
                "postSql",
                "INSERT INTO public." + table + "_n SELECT CAST(name AS INT) FROM public." + table
                        + " WHERE name LIKE '%'");
        put("web/1.csv", "1,11\n");
        put("web/2.csv", "2,maintenance mode\n");
        put("web/3.csv", "3,33\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.at("/quarantined/0/file").asText()).isEqualTo(url("web/2.csv"));
        assertThat(ids()).containsExactly("1", "3");
        assertThat(cluster.column("SELECT n FROM public." + table + "_n ORDER BY n"))
                .containsExactly("11", "33");
    }

    @Test
    void whereEveryFileIsRefusedNoneIsSetAside_butTheBatchFailsWithTheReason() throws Exception {
        Ledger ledger = start(
                        "batchSize",
                        "3",
                        "postSql",
                        "INSERT INTO public." + table + " SELECT CAST(name AS INT), name FROM public." + table)
                .ledger();
        for (String id : List.of("1", "2", "3")) {
            put("web/" + id + ".csv", id + ",x\n");
        }
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("error");
        assertThat(message.path("error").asText()).contains("Each of 3 files is refused alone");
        assertThat(ledger.known(url("web/1.csv")).get(0).quarantined()).isEmpty();
    }

    @Test
    void anObjectThatS3RefusesToTheClusterIsSetAside_ifAnotherCanBeLoaded() throws Exception {
        SharedSandbox.get().redshift().faults().add("s3-403 match=web/2.csv forever");
        start("batchSize", "3");
        for (String id : List.of("1", "2", "3")) {
            put("web/" + id + ".csv", id + ",x\n");
        }
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.at("/quarantined/0/file").asText()).isEqualTo(url("web/2.csv"));
        assertThat(message.at("/quarantined/0/reason").asText()).contains("may not read");
        assertThat(ids()).containsExactly("1", "3");
    }

    @Test
    void whereS3RefusesAllOfThemTheBatchFails_andNoneIsSetAside() throws Exception {
        SharedSandbox.get().redshift().faults().add("s3-403 match=web/ forever");
        Ledger ledger = start("batchSize", "3").ledger();
        for (String id : List.of("1", "2", "3")) {
            put("web/" + id + ".csv", id + ",x\n");
        }
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("error");
        assertThat(message.path("error").asText()).contains("may not read the files", "Let the role read the bucket");
        assertThat(ledger.known(url("web/2.csv")).get(0).quarantined()).isEmpty();
    }

    @Test
    void aConnectionThatOneBatchsLoadBreaksHoldsNobodyElse() throws Exception {
        cluster.run("CREATE TABLE public." + table + "_b (id INT, name VARCHAR(200))");
        SharedSandbox.get().redshift().faults().add("reset match=COPY\\s.*" + table + ".\\sFROM forever");
        Pipeline pipeline = launch(pipeline("batchSize", "1")
                .feed(
                        "other",
                        "prefix",
                        landing.bucket() + "/other/",
                        "table",
                        "public." + table + "_b",
                        "batchSize",
                        "1"));
        put("web/poison.csv", "1,x\n");
        await().until(() -> batch(pipeline.ledger(), "web/poison.csv").pauses() > 0);
        put("other/good.csv", "2,x\n");
        await().until(() -> cluster.count("public." + table + "_b") == 1);
        assertThat(batch(pipeline.ledger(), "other/good.csv").attempt()).isEqualTo(1);
    }
}
