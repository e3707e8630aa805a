package dev.caravan.ledger.dynamo;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A ledger on DynamoDB Local, with a feed of its own for each test. */
abstract class LedgerOfAFeed {
    static final String TABLES = "ledger-" + UUID.randomUUID().toString().substring(0, 8);

    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    final DynamoDbClient client = SharedSandbox.get().dynamoDb();
    final String feed = "feed" + UUID.randomUUID().toString().substring(0, 8);
    final DynamoDbLedger ledger = at(NOW, "me");

    @BeforeAll
    static void tables() {
        DynamoDbLedger ledger = ledger(SharedSandbox.get().dynamoDb(), NOW, "me");
        ledger.createTables();
        ledger.createTables();
    }

    @AfterEach
    void noFaults() {
        SharedSandbox.get().awsFaults().clear();
    }

    Batch batch(Batch as) {
        return ledger.find(as.id()).orElseThrow();
    }

    DynamoDbLedger at(Instant now, String owner) {
        return ledger(client, now, owner);
    }

    static DynamoDbLedger ledger(DynamoDbClient client, Instant now, String owner) {
        return new DynamoDbLedger(
                client,
                new LedgerSettings(TABLES, owner, Duration.ofSeconds(60), Duration.ofDays(365)),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    Batch fresh() {
        return fresh(Batch.SHARED);
    }

    Batch fresh(String shard) {
        return Batch.fresh(BatchId.next(feed, NOW), feed, feed, shard, NOW, NOW.plusSeconds(60));
    }

    List<FileEntry> files(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::file).toList();
    }

    FileEntry file(int i) {
        return new FileEntry(feed, "s3://bucket/" + feed + "/file " + i, "v1", 10, NOW);
    }
}
