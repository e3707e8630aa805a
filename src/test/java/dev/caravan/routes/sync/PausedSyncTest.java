package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.notes.DynamoDbFeedPauses;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausedSyncTest extends SyncingTest {
    @Test
    void nothingIsDoneForAPausedSync_andAllOfItAfterwards() throws Exception {
        source(
                "CREATE TABLE " + schema + ".orders (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".orders VALUES (1)");
        start();
        DynamoDbFeedPauses pauses =
                new DynamoDbFeedPauses(SharedSandbox.get().dynamoDb(), settings("alice"), Clock.systemUTC());
        pauses.pause("shop", "the cluster is busy");
        Run asked = ask(false);
        await().during(Duration.ofSeconds(2))
                .until(() -> runs().find("shop", asked.id()).orElseThrow().attempt() == 1);
        pauses.resume("shop");
        Run ended = ended(asked);
        assertThat(ended.status()).as(ended.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(rows("orders", "id", "id")).containsExactly("1");
    }
}
