package dev.caravan.ledger.notes;

import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.Dynamo;
import dev.caravan.ledger.dynamo.Items;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** Pauses as items of the batches table, in a partition that no feed can have: a feed's name has no {@code #}. */
public final class DynamoDbFeedPauses implements FeedPauses {
    private static final String PARTITION = "#paused-feeds";

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;

    public DynamoDbFeedPauses(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Pause> all() {
        return Dynamo.call(
                "read which feeds are paused",
                () -> client.queryPaginator(Dynamo.partition(settings, "pauses", PARTITION)).items().stream()
                        .map(DynamoDbFeedPauses::pause)
                        .toList());
    }

    @Override
    public Pause pause(String feed, String reason) {
        Map<String, AttributeValue> item = new HashMap<>(key(feed));
        item.put("since", time(clock.instant()));
        item.put("reason", s(reason));
        try {
            Dynamo.put(
                    client,
                    "pauseFeed",
                    "pause feed " + feed,
                    r -> r.tableName(settings.batches())
                            .item(item)
                            .conditionExpression("attribute_not_exists(#feed)")
                            .expressionAttributeNames(Map.of("#feed", "feed")));
            return pause(item);
        } catch (ConditionalCheckFailedException e) {
            return all().stream()
                    .filter(pause -> pause.feed().equals(feed))
                    .findFirst()
                    .orElseGet(() -> pause(item));
        }
    }

    @Override
    public Optional<Pause> resume(String feed) {
        Map<String, AttributeValue> item = Dynamo.call(
                        "resume feed " + feed,
                        () -> client.deleteItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("resumeFeed"))
                                .key(key(feed))
                                .returnValues(ReturnValue.ALL_OLD)))
                .attributes();
        return item.isEmpty() ? Optional.empty() : Optional.of(pause(item));
    }

    private static Map<String, AttributeValue> key(String feed) {
        return Map.of("feed", s(PARTITION), "batch", s(feed));
    }

    private static Pause pause(Map<String, AttributeValue> item) {
        return new Pause(Items.text(item, "batch"), Items.instant(item, "since"), Items.text(item, "reason"));
    }
}
