package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.Test;

/** AWS can't be reached for a while: nothing is lost, nothing parked, and the log says it once. */
class OutageTest extends LoadingTest {
    @Test
    void withoutTheLedgerNothingIsReceived_andWhenItIsBackEverythingIsLoaded() {
        Pipeline pipeline = start("batchSize", "1");
        put("web/0.csv", "0,x\n");
        await().until(() -> ids().equals(List.of("0")));
        try (LogOf log = LogOf.messages("dev.caravan")) {
            SharedSandbox.get().awsFaults().add("dynamodb error forever");
            put("web/1.csv", "1,x\n");
            await().until(() -> isSuspended(pipeline));
            IntStream.rangeClosed(2, 30).forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
            // Long enough for a queue that is read on to send its events to the dead-letter queue.
            await().during(Duration.ofSeconds(6)).until(() -> isSuspended(pipeline));
            SharedSandbox.get().awsFaults().clear();
            await().until(() -> ids().size() == 31);
            assertThat(parked()).isEmpty();
            assertThat(log.lines("Trouble with the ledger")).hasSize(1);
            await().until(() -> log.lines("trouble with the ledger is over").size() == 1);
        }
    }

    @Test
    void aQueueThatCantBeReadIsTriedAgain_andTheLogSaysItOnce() {
        start("batchSize", "1");
        put("web/0.csv", "0,x\n");
        await().until(() -> ids().equals(List.of("0")));
        try (LogOf log = LogOf.messages("dev.caravan")) {
            SharedSandbox.get().awsFaults().add("sqs error match=ReceiveMessage forever");
            await().until(() -> log.lines("Trouble with the queue").size() == 1);
            put("web/1.csv", "1,x\n");
            await().during(Duration.ofSeconds(8))
                    .until(() -> log.lines("Trouble with the queue").size() == 1);
            SharedSandbox.get().awsFaults().clear();
            await().until(() -> ids().equals(List.of("0", "1")));
            await().until(() -> log.lines("trouble with the queue is over").size() == 1);
        }
    }

    @Test
    void withoutS3AndSnsBatchesWait_andTheLogSaysItOnce() throws Exception {
        start("batchSize", "1");
        try (LogOf log = LogOf.messages("dev.caravan")) {
            SharedSandbox.get().awsFaults().add("s3 error match=manifests/ forever");
            SharedSandbox.get().awsFaults().add("sns error match=Publish forever");
            IntStream.rangeClosed(1, 5).forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
            await().until(() -> log.lines("Trouble with S3").size() == 1);
            SharedSandbox.get().awsFaults().clear();
            SharedSandbox.get().awsFaults().add("sns error match=Publish forever");
            await().until(() -> log.lines("Trouble with SNS").size() == 1);
            SharedSandbox.get().awsFaults().clear();
            messages(landing.loadedQueueUrl(), 5);
            assertThat(ids()).containsExactly("1", "2", "3", "4", "5");
            // Once; or once more by a load that had asked S3 before it was back and heard of it after others.
            assertThat(log.lines("Trouble with S3")).hasSizeBetween(1, 2);
            await().until(() -> log.lines("trouble with SNS is over").size() == 1);
        }
    }

    private static boolean isSuspended(Pipeline pipeline) {
        return ServiceHelper.isSuspended(pipeline.context().getRoute("receive").getConsumer())
                || pipeline.context().getRouteController().getRouteStatus("receive") == ServiceStatus.Suspended;
    }
}
