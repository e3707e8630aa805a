package dev.caravan.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.KnownFiles;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.notes.DynamoDbClusterHolds;
import dev.caravan.ledger.notes.PlannedTurns;
import dev.caravan.outcome.Outcome;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the ledger makes of DynamoDB failing: answers that are lost, refusals, calls that hang. */
class LedgerFaultsTest extends LedgerOfAFeed {
    @ParameterizedTest
    @ValueSource(strings = {"conflict", "throttle", "error", "reset"})
    void whatPassesIsTriedAgain(String fault) throws Exception {
        try (DynamoDbClient faulty = faultyOnce("dynamodb " + fault + " times=3")) {
            DynamoDbLedger onFaulty = ledger(faulty, NOW, "me");
            Batch batch = onFaulty.add(fresh(), files(0, 2));
            assertThat(ledger.open(feed, feed, Batch.SHARED)).contains(batch);
            assertThat(SharedSandbox.get().awsFaults().active()).isEmpty();
        }
    }

    @Test
    void aWriteWhoseAnswerIsLostIsRecognizedWhenTheSdkRepeatsIt() throws Exception {
        try (DynamoDbClient faulty = faulty("dynamodb lost-answer match=TransactWriteItems")) {
            Batch batch = ledger(faulty, NOW, "me").add(fresh(), files(0, 2));
            assertThat(ledger.open(feed, feed, Batch.SHARED)).contains(batch);
        }
        assertThat(SharedSandbox.get().awsFaults().active()).isEmpty();
    }

    @Test
    void aTransactionWhoseAnswerIsLostIsRecognizedWhenTheLedgerRepeatsIt() throws Exception {
        try (DynamoDbClient faulty = faultyOnce("dynamodb lost-answer match=TransactWriteItems times=2")) {
            DynamoDbLedger onFaulty = ledger(faulty, NOW, "me");
            Batch open = onFaulty.add(fresh(), files(0, 2));
            assertThat(ledger.open(feed, feed, Batch.SHARED)).contains(open);
            assertThatThrownBy(() -> onFaulty.add(open, files(0, 2))).isInstanceOf(KnownFiles.class);
        }
        assertThat(SharedSandbox.get().awsFaults().active()).isEmpty();
    }

    @Test
    void anUpdateWhoseAnswerIsLostIsRecognized_whoeverRepeatsIt() throws Exception {
        Batch batch = ledger.lock(fresh(), files(0, 1), "size");
        for (boolean sdk : List.of(true, false)) {
            String rule = "dynamodb lost-answer match=UpdateItem";
            try (DynamoDbClient faulty = sdk ? faulty(rule) : faultyOnce(rule)) {
                ledger(faulty, NOW, "me").postpone(batch, NOW, "later");
                SharedSandbox.get().awsFaults().add(rule);
                Batch taken = ledger(faulty, NOW, "me").takeOver(batch.id()).orElseThrow();
                assertThat(taken).isEqualTo(ledger.find(batch.id()).orElseThrow());
                assertThat(taken.attempt()).isEqualTo(sdk ? 2 : 3);
                assertThat(ledger(faulty, NOW, "other").takeOver(batch.id())).isEmpty();
            }
            assertThat(SharedSandbox.get().awsFaults().active()).isEmpty();
        }
    }

    @Test
    void aPutWhoseAnswerIsLostIsRecognized() {
        LedgerSettings settings = new LedgerSettings(TABLES, "me", Duration.ofSeconds(60), Duration.ofDays(30));
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        try (DynamoDbClient faulty = faulty("dynamodb lost-answer match=PutItem")) {
            String cluster = "c-" + feed;
            assertThat(new DynamoDbClusterHolds(faulty, settings, clock).holdCluster(cluster, "away", "b"))
                    .isTrue();
            assertThat(new DynamoDbClusterHolds(client, settings, clock).holdCluster(cluster, "away", "b"))
                    .isFalse();
            SharedSandbox.get().awsFaults().add("dynamodb lost-answer match=PutItem");
            assertThat(new PlannedTurns(faulty, settings).take("job of " + feed, NOW))
                    .isTrue();
            assertThat(new PlannedTurns(client, settings).take("job of " + feed, NOW))
                    .isFalse();
        }
        assertThat(SharedSandbox.get().awsFaults().active()).isEmpty();
    }

    @Test
    void whatDynamoDbRefusesToWhoeverAsksIsAnOutage_andWhatItRefusesToOneRequestIsNot() throws Exception {
        try (DynamoDbClient faulty = faulty("dynamodb denied match=TransactWriteItems")) {
            assertThatThrownBy(() -> ledger(faulty, NOW, "me").add(fresh(), files(0, 1)))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("does not let Caravan add 1 file")
                    .hasMessageContaining("AccessDeniedException")
                    .hasMessageContaining("caravan setup --policies");
        }
        LedgerSettings elsewhere =
                new LedgerSettings("no-such-tables", "me", Duration.ofSeconds(60), Duration.ofDays(30));
        DynamoDbLedger without = new DynamoDbLedger(client, elsewhere, Clock.fixed(NOW, ZoneOffset.UTC));
        assertThatThrownBy(() -> without.add(fresh(), files(0, 1)))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("create the ledger's tables (caravan setup)");
        FileEntry tooLong = new FileEntry(feed, "s3://bucket/" + "k".repeat(3000), "v1", 10, NOW);
        assertThatThrownBy(() -> ledger.add(fresh(), List.of(tooLong)))
                .as("one file's fault stops nobody")
                .isNotInstanceOf(LedgerUnavailable.class);
    }

    @Test
    void aCallThatHangsIsMadeAgain() throws Exception {
        try (DynamoDbClient faulty = faulty("dynamodb slow match=TransactWriteItems ms=60000")) {
            long start = System.nanoTime();
            ledger(faulty, NOW, "me").add(fresh(), files(0, 1));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void aBatchThatCouldNotBeGivenUpIsNotEndedInstead() throws Exception {
        try (DynamoDbClient faulty = faulty("dynamodb slow ms=1")) {
            DynamoDbLedger onFaulty = ledger(faulty, NOW, "me");
            Batch batch = onFaulty.lock(fresh(), files(0, 1), "size");
            Batch loaded = onFaulty.outcome(batch, new Outcome.Loaded("redshift", NOW, 1, 1, "s3://m/1"));
            Batch reached = onFaulty.reach(loaded, Stage.NOTIFY);
            SharedSandbox.get().awsFaults().add("dynamodb error match=UpdateItem forever");
            assertThatThrownBy(() -> onFaulty.postpone(reached, NOW, "no topic"))
                    .isInstanceOf(LedgerUnavailable.class);
            SharedSandbox.get().awsFaults().clear();
            assertThat(onFaulty.confirm(batch.id())).isEmpty();
            assertThat(ledger.find(batch.id()).orElseThrow().status()).isEqualTo(BatchStatus.LOCKED);
            assertThat(at(NOW.plusSeconds(61), "other").takeOver(batch.id())).isPresent();
        }
    }

    /** A client as Caravan has it, which the rule strikes. */
    private static DynamoDbClient faulty(String rule) {
        SharedSandbox.get().awsFaults().add(rule);
        return DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    /** The same without the SDK's own retries: the ledger's begin a new request. */
    private static DynamoDbClient faultyOnce(String rule) {
        SharedSandbox.get().awsFaults().add(rule);
        return DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }
}
