package dev.caravan.cli.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.cli.Commands;
import dev.caravan.cli.LookTest;
import dev.caravan.cli.feeds.FeedState;
import dev.caravan.ledger.notes.Instances;
import dev.caravan.ledger.notes.Presence;
import dev.caravan.ledger.notes.UnmatchedObjects;
import dev.caravan.sandbox.SharedSandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code caravan status}. */
class StatusTest extends LookTest {

    @Test
    void oneScreenShowsFeedsClustersAndQueues() throws Exception {
        var batch = locked(now.minusSeconds(60), file("shop", "shop/1.csv", now));
        ledger.hold(batch, "west", "resizing");
        holds.holdCluster("west", "resizing", batch.id());
        SharedSandbox.get()
                .sqs()
                .sendMessage(r -> r.queueUrl(landing.deadLetterQueueUrl()).messageBody("broken"));
        await().until(() -> json("status").at("/deadLetterQueue/waiting").asInt() == 1);
        List<String> lines = run(0, "status");
        assertThat(lines.get(0).split(" +")).containsExactlyElementsOf(FeedState.COLUMNS);
        assertThat(lines.get(1)).matches("shop +- +- +1 min( \\d+ s)? +0 +1 +0");
        assertThat(lines)
                .anyMatch(line -> line.matches("east +up +- +-"))
                .anyMatch(line ->
                        line.matches("west +held +\\d+ s +(in \\d+ s|now) +resizing \\(found by instance test\\)"))
                .anyMatch(line -> line.matches("Queue +" + landing.queueName() + ": \\d+ waiting, \\d+ in flight"))
                .contains("Dead letters " + landing.deadLetterQueueName() + ": 1 waiting, 0 in flight");
        JsonNode west = json("status").path("clusters").get(2);
        assertThat(west.path("cluster").asText()).isEqualTo("west");
        assertThat(west.path("reason").asText()).isEqualTo("resizing");
        assertThat(west.path("instance").asText()).isEqualTo("test");
    }

    @Test
    void aClusterThatDoesNotLetAnInstanceInIsUpForTheOthers_andHeldIfThereAreNone() throws Exception {
        holds.holdCluster("west", "wrong password", "batch-1", true);
        assertThat(run(0, "status")).as("that instance runs no more").anyMatch(line -> line.matches("west +up +- +-"));
        lastSeen("test", now);
        lastSeen("healthy", now);
        assertThat(run(0, "status"))
                .anyMatch(line ->
                        line.matches("west +up +- +- +doesn't let instance test in for \\d+ s: wrong password"));
        assertThat(json("status").at("/clusters/2/refused/0/instance").asText()).isEqualTo("test");
        var batch = locked(now.minusSeconds(60), file("shop", "shop/1.csv", now));
        ledger.hold(batch, "west", "what it said then");
        assertThat(run(0, "list", "batches")).anyMatch(line -> line.contains("it is loaded next"));
        lastSeen("healthy", now.minusSeconds(600));
        assertThat(run(0, "status"))
                .anyMatch(line -> line.matches(
                        "west +held +\\d+ s +(in \\d+ s|now) +wrong password \\(found by instance test\\)"));
        assertThat(run(0, "list", "batches"))
                .anyMatch(line -> line.contains("cluster west doesn't let instance test in since "));
    }

    @Test
    void aPlannedWindowThatIsOnIsShown() {
        assertThat(run(0, "status")).noneMatch(line -> line.startsWith("No loads"));
        ZonedDateTime begin = now.atZone(ZoneOffset.UTC);
        String cron = begin.getSecond() + " " + begin.getMinute() + " " + begin.getHour() + " * * ?";
        settings(Map.of("caravan.no-load-windows", cron + " for 1h"));
        assertThat(run(0, "status"))
                .anyMatch(line -> line.equals(
                        "No loads     until " + now.plusSeconds(3600) + ", as planned by caravan.no-load-windows"));
        assertThat(json("status").path("noLoadsUntil").asText()).isNotEmpty();
    }

    @Test
    void thatNoInstanceRunsIsSaid_andWhichOnesDo_andWhatNoFeedWants() {
        assertThat(run(0, "status"))
                .contains("Instances    no instance runs: files wait in the queue until one is started (none has run in"
                        + " the last week)");
        var client = SharedSandbox.get().dynamoDb();
        UnmatchedObjects unmatched = new UnmatchedObjects(client, ledgerSettings, Clock.systemUTC());
        unmatched.count(landing.bucket(), "tpyo/a\u001b.csv");
        Presence instance = new Presence(new Instances(client, ledgerSettings, Clock.systemUTC()), unmatched, "1.2.3");
        instance.start();
        instance.begin();
        await().until(() -> json("status").at("/unmatched/0/objects").asInt() == 1);
        assertThat(json("status").at("/instances/0/version").asText()).isEqualTo("1.2.3");
        assertThat(run(0, "status"))
                .anyMatch(line -> line.matches("Instances +1 runs: test \\(1.2.3, since \\S+, last seen \\d+ s ago\\)"))
                .anyMatch(line -> line.startsWith(
                                "Unmatched    1 object of bucket " + landing.bucket() + " that no feed wants since ")
                        && line.contains(" ago: " + url("tpyo/a"))
                        && !line.contains("\u001b"));
        instance.stop();
        assertThat(json("status").path("instances")).isEmpty();
        assertThat(run(0, "status"))
                .anyMatch(line -> line.startsWith("Instances    no instance runs: ")
                        && line.matches(".*the last one was seen \\S+, \\d+ s ago\\)"));
    }

    @Test
    void anInstanceThatWasKilledIsSilent_andAfterAWhileNoneRuns() {
        Instant killed = now.minusSeconds(58);
        lastSeen("killed", killed);
        assertThat(run(0, "status"))
                .anyMatch(line -> line.matches(
                        "Instances +1 runs: killed \\(1.2.3, since \\S+, last seen \\d+ s ago and silent since:"
                                + " taken for dead after 70 s\\)"));
        lastSeen("killed", now.minusSeconds(71));
        assertThat(run(0, "status"))
                .anyMatch(line -> line.startsWith("Instances    no instance runs: ")
                        && line.matches(".*the last one was seen \\S+, 1 min \\d+ s ago\\)"));
        assertThat(json("status").path("lastInstance").asText()).isNotEmpty();
    }

    private void lastSeen(String instance, Instant at) {
        SharedSandbox.get()
                .dynamoDb()
                .putItem(r -> r.tableName(ledgerSettings.batches())
                        .item(Map.of(
                                "feed", AttributeValue.fromS("#instances"),
                                "batch", AttributeValue.fromS(instance),
                                "version", AttributeValue.fromS("1.2.3"),
                                "started",
                                        AttributeValue.fromS(
                                                now.minusSeconds(600).toString()),
                                "seen", AttributeValue.fromS(at.toString()))));
    }

    @Test
    void quarantinedFilesAreCountedByFeed_untilTheyAreReloadedOrOverwritten() throws Exception {
        assertThat(json("status").at("/quarantined/files").asInt()).isZero();
        assertThat(run(0, "status")).noneMatch(line -> line.startsWith("Quarantined"));
        FileEntry one = file("web", "web/1.csv", now.minusSeconds(90));
        FileEntry two = file("web", "web/2.csv", now.minusSeconds(90));
        FileEntry shop = file("shop", "shop/1.csv", now.minusSeconds(90));
        Batch web = refused(refused(locked(now.minusSeconds(90), one, two), one, "redshift"), two, "redshift");
        end(refused(locked(now.minusSeconds(80), shop), shop, "east"));
        assertThat(run(0, "status"))
                .contains(
                        "Quarantined  3 files (feed shop: 1, feed web: 2). caravan list files --state quarantined --since "
                                + LocalDate.ofInstant(now.minusSeconds(90), ZoneOffset.UTC)
                                + " names them, caravan describe file says why and what to do");
        loaded(web, "redshift", 2);
        end(web);
        run(0, "reload", url("web/1.csv"));
        complete(now, new FileEntry("web", url("web/2.csv"), "v2", 10, now));
        long calls = calls("status");
        assertThat(json("status").path("quarantined").toString())
                .startsWith("{\"files\":1,\"exact\":true,\"since\":")
                .endsWith("\"feeds\":[{\"feed\":\"shop\",\"files\":1}]}");
        assertThat(calls("status")).as("what is over is forgotten").isLessThan(calls);
        assertThat(run(0, "status"))
                .anyMatch(line ->
                        line.startsWith("Quarantined  1 file (feed shop: 1). ") && line.contains(" names it, "));
    }

    @Test
    void aQueueThatCantBeAskedHidesNothingElse() {
        settings(Map.of("caravan.queue", "no-such-queue"));
        SharedSandbox.get().awsFaults().add("sqs denied match=" + landing.deadLetterQueueName() + " forever");
        assertThat(run(0, "status"))
                .anyMatch(line -> line.startsWith("web "))
                .contains("Queue        caravan.queue = no-such-queue: no such SQS queue in this region: create it,"
                        + " or name another")
                .anyMatch(line -> line.startsWith("Dead letters caravan.dead-letter-queue = ")
                        && line.contains("SQS says: ")
                        && line.contains("give that permission"));
        assertThat(json("status").at("/queue/problem").asText()).contains("no such SQS queue");
    }

    @Test
    void aLedgerThatDeniesIsOneSentence() {
        SharedSandbox.get().awsFaults().add("dynamodb denied match=Query forever");
        assertThat(run(1, "status")).isEmpty();
        assertThat(err)
                .startsWith("caravan: can't ask the ledger, DynamoDB's tables ")
                .contains(
                        "DynamoDB says: ",
                        " perform Query (AccessDeniedException): give that permission to whoever asks")
                .hasLineCount(1);
    }

    @Test
    void watchingRepeatsIt_andGoesOnAfterTrouble_andEndsWell() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        AtomicInteger code = new AtomicInteger(-1);
        Thread watching = new Thread(() -> code.set(Commands.run(
                new String[] {"status", "--watch", "1"}, new PrintWriter(out, true), new PrintWriter(errors, true))));
        watching.start();
        await().until(() -> out.toString().split("Queue  ", -1).length > 2);
        SharedSandbox.get().awsFaults().add("dynamodb denied match=Query forever");
        await().until(() -> errors.toString().contains("can't ask the ledger"));
        SharedSandbox.get().awsFaults().clear();
        int screens = out.toString().length();
        await().until(() -> out.toString().length() > screens);
        watching.interrupt();
        watching.join();
        assertThat(code).hasValue(0);
    }

    @Test
    void watchingEndsAtOnceIfItCantBegin() {
        settings(Map.of("caravan.ledger.table-prefix", "no-such"));
        assertThat(run(1, "status", "--watch")).isEmpty();
        assertThat(err).startsWith("caravan: can't ask the ledger").hasLineCount(1);
    }
}
