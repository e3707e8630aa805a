package dev.caravan.cli.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.cli.LookTest;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.startup.Installation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code run --until-empty} names when it has ended and not everything is loaded. */
class NotDoneTest extends LookTest {

    @Test
    void allIsDoneWhereEveryFileIsLoaded_alsoByAnotherBatch() throws Exception {
        FileEntry file = file("web", "web/1.csv", now.minusSeconds(60));
        failed(now.minusSeconds(60), "no such table", file);
        complete(now.minusSeconds(30), new FileEntry("web", file.url(), "v2", 10, now));
        pauses.pause("shop", "nothing of it waits");
        assertThat(left()).isEmpty();
    }

    @Test
    void whatFailedWhatIsQuarantinedWhatIsParkedAndWhatWaitsForAPausedFeedIsNamed() throws Exception {
        failed(now.minusSeconds(60), "no such table", file("web", "web/1.csv", now));
        failed(now.minusSeconds(50), "no such table", file("web", "web/2.csv", now));
        FileEntry bad = file("shop", "shop/bad.csv", now);
        Batch batch = refused(locked(now.minusSeconds(40), bad, file("shop", "shop/good.csv", now)), bad, "east");
        loaded(batch, "east", 2);
        end(batch);
        pauses.pause("shop", "new columns");
        open(now.minusSeconds(30), file("shop", "shop/3.csv", now));
        SharedSandbox.get()
                .sqs()
                .sendMessage(r -> r.queueUrl(landing.deadLetterQueueUrl()).messageBody("broken"));
        await().until(() -> json("status").at("/deadLetterQueue/waiting").asInt() == 1);
        assertThat(left())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("2 batches of feed web have failed: caravan list batches --feed web --status"
                                        + " error says why"),
                        line -> assertThat(line)
                                .isEqualTo("1 file is quarantined: " + bad.url()
                                        + ". caravan describe file says why, and what to do"),
                        line -> assertThat(line)
                                .isEqualTo("1 event is parked in queue " + landing.deadLetterQueueName()
                                        + ": caravan redrive --dry-run says why"),
                        line -> assertThat(line)
                                .startsWith("feed shop is paused since ")
                                .endsWith(" (new columns), and 1 batch of it waits: caravan resume feed shop has them"
                                        + " loaded"));
        assertThat(left(Instant.now().plusSeconds(60)))
                .as("what was quarantined before")
                .noneMatch(line -> line.contains("quarantined"));
    }

    private List<String> left() {
        return left(now.minusSeconds(5));
    }

    private static List<String> left(Instant since) {
        try (Installation installation = Installation.open();
                var sqs = installation.clients().sqs()) {
            return NotDone.of(installation, sqs, since);
        }
    }
}
