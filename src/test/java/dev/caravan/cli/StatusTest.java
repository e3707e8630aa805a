package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.SharedSandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
                .anyMatch(line -> line.matches("west +held +\\d+ s +(in \\d+ s|now) +resizing"))
                .anyMatch(line -> line.matches("Queue +" + landing.queueName() + ": \\d+ waiting, \\d+ in flight"))
                .contains("Dead letters " + landing.deadLetterQueueName() + ": 1 waiting, 0 in flight");
        JsonNode west = json("status").path("clusters").get(2);
        assertThat(west.path("cluster").asText()).isEqualTo("west");
        assertThat(west.path("reason").asText()).isEqualTo("resizing");
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
