package dev.caravan.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An instance that lives keeps its batches, also while some of its calls hang. */
class LeasesTest {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final String tables = "leases-" + UUID.randomUUID().toString().substring(0, 8);
    private final LedgerSettings settings = new LedgerSettings(tables, "me", LEASE, Duration.ofDays(1));
    private final DynamoDbClient direct = SharedSandbox.get().dynamoDb();
    private final DynamoDbClient client = DynamoDbClient.builder()
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();
    private final DynamoDbLedger ledger = new DynamoDbLedger(client, settings, Clock.systemUTC());
    private final ExecutorService executor = Executors.newFixedThreadPool(Leases.AT_ONCE);

    @AfterEach
    void close() {
        SharedSandbox.get().awsFaults().clear();
        executor.shutdownNow();
        client.close();
    }

    @Test
    void aCallThatHangsKeepsNoOtherLeaseFromBeingRenewed() throws Exception {
        ledger.createTables();
        Leases leases = new Leases("batch", ledger::renew);
        leases.runIn(executor);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batches.add(locked("feed" + i));
            leases.hold(batches.get(i).id());
        }
        // One batch's connection swallows whatever is sent, again and again.
        SharedSandbox.get()
                .awsFaults()
                .add("dynamodb slow match=" + batches.get(0).id() + " ms=120000 forever");
        Instant until = Instant.now().plus(LEASE).plusSeconds(3);
        while (Instant.now().isBefore(until)) {
            leases.run();
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        }
        DynamoDbLedger others = new DynamoDbLedger(
                direct, new LedgerSettings(tables, "another", LEASE, Duration.ofDays(1)), Clock.systemUTC());
        for (Batch batch : batches.subList(1, 20)) {
            assertThat(others.takeOver(batch.id())).as(batch.id()).isEmpty();
        }
        SharedSandbox.get().awsFaults().clear();
        assertThat(others.takeOver(batches.get(0).id()))
                .as("nobody could renew it")
                .isPresent();
    }

    @Test
    void aBatchThatIsToBeLeftIsNotRenewed() throws Exception {
        ledger.createTables();
        Leases leases = new Leases("batch", ledger::renew);
        Batch stuck = locked("stuck");
        Batch fine = locked("fine");
        leases.hold(stuck.id());
        leases.hold(fine.id());
        leases.unless(id -> id.equals(stuck.id()) ? Optional.of("it takes too long") : Optional.empty());
        leases.run();
        assertThat(leases.ids()).isEqualTo(Set.of(fine.id()));
    }

    private Batch locked(String feed) throws Exception {
        Instant now = Instant.now();
        Batch fresh = Batch.fresh(BatchId.next(feed, now), feed, feed, Batch.SHARED, now, now);
        return ledger.lock(fresh, List.of(new FileEntry(feed, "s3://b/" + feed, "v", 1, now)), "size");
    }
}
