package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.batch.Batch;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.Deletion;
import dev.caravan.ledger.LedgerSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The batches that a person has deleted, as items of the batches table in a partition that no feed can have: that a cluster still holds their rows is no
 * difference. They are kept as long as a batch is.
 */
public final class Deletions {
    private static final String PARTITION = "#deleted";

    private final DynamoDbClient client;
    private final LedgerSettings settings;

    public Deletions(DynamoDbClient client, LedgerSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    void note(Batch batch, Clock clock) {
        Instant now = clock.instant();
        Dynamo.call(
                "note that batch " + batch.id() + " is deleted",
                () -> client.putItem(r -> r.tableName(settings.batches())
                        .overrideConfiguration(Dynamo.step("delete"))
                        .item(Map.of(
                                "feed",
                                s(PARTITION),
                                "batch",
                                s(batch.id()),
                                "at",
                                time(now),
                                "by",
                                s(settings.owner()),
                                "files",
                                n(batch.files()),
                                Items.EXPIRES,
                                n(now.plus(settings.keep()).getEpochSecond())))));
    }

    public Optional<Deletion> find(String id) {
        Map<String, AttributeValue> item = Dynamo.call(
                        "look whether batch " + id + " was deleted",
                        () -> client.getItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("deleted"))
                                .key(Map.of("feed", s(PARTITION), "batch", s(id)))
                                .consistentRead(true)))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(deletion(item));
    }

    public Stream<Deletion> of(String feed, Instant since) {
        return client
                .queryPaginator(r -> r.tableName(settings.batches())
                        .overrideConfiguration(Dynamo.step("deleted"))
                        .keyConditionExpression("#feed = :partition AND #batch BETWEEN :from AND :to")
                        .expressionAttributeNames(Map.of("#feed", "feed", "#batch", "batch"))
                        .expressionAttributeValues(Map.of(
                                ":partition", s(PARTITION),
                                ":from", s(BatchId.earliest(feed, since)),
                                ":to", s(BatchId.latest(feed, Instant.MAX)))))
                .items()
                .stream()
                .map(Deletions::deletion);
    }

    private static Deletion deletion(Map<String, AttributeValue> item) {
        return new Deletion(
                Items.text(item, "batch"),
                Items.instant(item, "at"),
                Items.text(item, "by"),
                Items.number(item, "files"));
    }
}
