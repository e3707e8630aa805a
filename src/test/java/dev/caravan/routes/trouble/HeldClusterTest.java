package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ledger.Ledger;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.routes.SecondCluster;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster that takes no loads for a while only delays them. */
class HeldClusterTest extends LoadingTest {

    @AfterEach
    void clear() {
        SecondCluster.server().faults().clear();
    }

    @Test
    void loadsForAResizingClusterWait_withoutBeingTried_andDrainInOrder() throws Exception {
        SharedSandbox.get().redshift().faults().add("resize match=COPY forever");
        Ledger ledger = start("batchSize", "1").ledger();
        IntStream.rangeClosed(1, 12).forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
        await().until(() -> IntStream.rangeClosed(1, 12).allMatch(i -> waits(ledger, "web/" + i + ".csv")));
        assertThat(batch(ledger, "web/1.csv").reason()).contains("resize mode");
        SharedSandbox.get().redshift().faults().clear();
        List<JsonNode> messages = messages(landing.loadedQueueUrl(), 12);
        // Its own load, and the one when the cluster is back; the probe that finds it resizing still has one more.
        assertThat(messages)
                .extracting(m -> m.path("attempt").asInt())
                .contains(2)
                .allMatch(attempt -> attempt <= 4);
        assertThat(ids()).hasSize(12);
        List<String> loaded = cluster.column("SELECT batch FROM caravan.\"public." + table + "\" ORDER BY ctid");
        List<String> oldestFirst = loaded.stream().sorted().toList();
        // Four loads are begun at a time, and neighbours may overtake one another on their way to the cluster.
        assertThat(loaded)
                .allSatisfy(
                        batch -> assertThat(loaded.indexOf(batch)).isCloseTo(oldestFirst.indexOf(batch), within(4)));
    }

    @Test
    void aFeedOfTwoClustersFinishesOnTheHealthyOne_andLaterOnTheOther() throws Exception {
        ClusterSql second = SecondCluster.sql();
        second.run("CREATE TABLE public." + table + " (id INT, name VARCHAR(20))");
        SecondCluster.server().faults().add("connection-refused");
        Ledger ledger = launch(SecondCluster.addTo(pipeline("batchSize", "1", "clusters", "redshift,second")))
                .ledger();
        IntStream.rangeClosed(1, 3).forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
        await().until(() -> ids().equals(List.of("1", "2", "3")));
        await().until(() -> IntStream.rangeClosed(1, 3).allMatch(i -> waits(ledger, "web/" + i + ".csv")));
        SecondCluster.server().faults().clear();
        messages(landing.loadedQueueUrl(), 3);
        assertThat(ids(second)).containsExactly("1", "2", "3");
        assertThat(ids()).containsExactly("1", "2", "3");
    }

    @Test
    void aBatchForTwoClusters_bothAway_isLoadedIntoEachAsSoonAsThatOneIsBack() throws Exception {
        ClusterSql second = SecondCluster.sql();
        second.run("CREATE TABLE public." + table + " (id INT, name VARCHAR(20))");
        SharedSandbox.get().redshift().faults().add("resize match=COPY forever");
        SecondCluster.server().faults().add("connection-refused");
        // With less room some would wait for their turn, if they came before both are known to be away.
        Pipeline pipeline =
                pipeline("batchSize", "1", "clusters", "redshift,second").with("caravan.load.waiting", "32");
        Ledger ledger = launch(SecondCluster.addTo(pipeline)).ledger();
        List<String> wanted = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> String.format("%02d", i))
                .toList();
        wanted.forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
        await().until(() -> wanted.stream().allMatch(i -> waits(ledger, "web/" + i + ".csv")));
        assertThat(ledger.waitedFor()).containsExactly("redshift,second");
        SecondCluster.server().faults().clear();
        await().atMost(Duration.ofSeconds(60)).until(() -> ids(second).size() == wanted.size());
        assertThat(ids()).isEmpty();
        await().until(() -> ledger.held("redshift").size() == wanted.size());
        SharedSandbox.get().redshift().faults().clear();
        assertThat(messages(landing.loadedQueueUrl(), wanted.size())).hasSize(wanted.size());
        assertThat(ids(second)).hasSize(wanted.size()).doesNotHaveDuplicates();
        assertThat(ids()).hasSize(wanted.size()).doesNotHaveDuplicates();
    }

    @Test
    void aLoadWhoseClusterIsHeldWhileItWaitsForItsTurnIsNotTried() throws Exception {
        SharedSandbox.get().redshift().faults().add("slow match=\"^\\s*COPY\" ms=8000 times=1");
        Ledger ledger = start("batchSize", "1").ledger();
        IntStream.rangeClosed(1, 8).forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
        await().until(() -> IntStream.rangeClosed(1, 8)
                .allMatch(i -> !ledger.known(url("web/" + i + ".csv")).isEmpty()
                        && batch(ledger, "web/" + i + ".csv").attempt() == 1));
        SharedSandbox.get().redshift().faults().add("resize match=COPY forever");
        long tried = SharedSandbox.get().redshift().faults().struck();
        await().until(() -> ledger.held("redshift").size() >= 7);
        assertThat(SharedSandbox.get().redshift().faults().struck() - tried).isLessThanOrEqualTo(2);
        SharedSandbox.get().redshift().faults().clear();
        messages(landing.loadedQueueUrl(), 8);
        assertThat(ids()).hasSize(8);
    }

    @Test
    void loadsOfOtherClustersGoOn() throws Exception {
        ClusterSql second = SecondCluster.sql();
        second.run("CREATE TABLE public." + table + "_b (id INT, name VARCHAR(20))");
        SharedSandbox.get().redshift().faults().add("resize match=LOCK forever");
        Pipeline pipeline = pipeline("batchSize", "1")
                .feed(
                        "other",
                        "prefix",
                        landing.bucket() + "/other/",
                        "table",
                        "public." + table + "_b",
                        "clusters",
                        "second",
                        "batchSize",
                        "1");
        Ledger ledger = launch(SecondCluster.addTo(pipeline)).ledger();
        IntStream.rangeClosed(1, 8).forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
        await().until(() -> waits(ledger, "web/8.csv"));
        IntStream.rangeClosed(1, 3).forEach(i -> put("other/" + i + ".csv", i + ",x\n"));
        await().until(() -> second.count("public." + table + "_b") == 3);
        assertThat(ids()).isEmpty();
    }

    @Test
    void aBatchThatHasWaitedTooLongFails_andAPersonIsToldWhy() throws Exception {
        SharedSandbox.get().redshift().faults().add("resize match=COPY forever");
        launch(pipeline("batchSize", "1").with("caravan.load.retry-for", "2s"));
        put("web/f.csv", "1,a\n");
        assertThat(message(landing.failedQueueUrl(), "failed").path("error").asText())
                .contains("given up after 2 s")
                .contains("resize mode")
                .doesNotContain("tries again");
    }

    @Test
    void nothingIsLoadedInAPlannedWindow_whileIntakeGoesOn() {
        ZonedDateTime begin = ZonedDateTime.now(ZoneOffset.UTC).minusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        Instant end = begin.toInstant().plusSeconds(12);
        String cron = begin.getSecond() + " " + begin.getMinute() + " " + begin.getHour() + " * * ?";
        Ledger ledger = launch(pipeline("batchSize", "1").with("caravan.no-load-windows", cron + " for 12s"))
                .ledger();
        put("web/f.csv", "1,a\n");
        await().until(() -> waits(ledger, "web/f.csv"));
        assertThat(batch(ledger, "web/f.csv").reason()).contains("caravan.no-load-windows");
        await().until(() -> !ids().isEmpty());
        assertThat(Instant.now()).isAfterOrEqualTo(end);
    }

    @Test
    void aLoadThatTakesLongDelaysOnlyLoadsOfItsTable() throws Exception {
        cluster.run("CREATE TABLE public." + table + "_b (id INT, name VARCHAR(20))");
        SharedSandbox.get().redshift().faults().add("slow match=COPY\\s.*" + table + ".\\sFROM forever ms=60000");
        Pipeline pipeline = pipeline("batchSize", "1")
                .feed(
                        "other",
                        "prefix",
                        landing.bucket() + "/other/",
                        "table",
                        "public." + table + "_b",
                        "batchSize",
                        "1");
        launch(pipeline);
        IntStream.rangeClosed(1, 30).forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
        IntStream.rangeClosed(1, 3).forEach(i -> put("other/" + i + ".csv", i + ",x\n"));
        await().until(() -> cluster.count("public." + table + "_b") == 3);
        assertThat(ids()).isEmpty();
        SharedSandbox.get().redshift().faults().clear();
        await().until(() -> ids().size() == 30);
    }

    private boolean waits(Ledger ledger, String key) {
        return !ledger.known(url(key)).isEmpty()
                && Stream.of("redshift", "second", "redshift,second")
                        .flatMap(name -> ledger.held(name).stream().map(Ledger.Held::id))
                        .anyMatch(batch(ledger, key).id()::equals);
    }
}
