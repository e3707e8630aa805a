package dev.caravan.ledger.read;

import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.Dynamo;
import dev.caravan.ledger.dynamo.Items;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The feeds of which the ledger has batches, configured or not. */
final class FeedsWithBatches {
    /** Sorts behind every key. */
    private static final String LAST_KEY = Character.toString(Character.MAX_CODE_POINT);

    private final DynamoDbClient client;
    private final LedgerSettings settings;

    FeedsWithBatches(DynamoDbClient client, LedgerSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * All of them, with one question for each: a scan that goes on behind each feed's last batch ("Generate a distinct
     * set of partition keys for an Amazon DynamoDB table efficiently" in AWS's database blog).
     */
    Set<String> all() {
        Set<String> feeds = new TreeSet<>();
        Map<String, AttributeValue> from = Map.of();
        do {
            Map<String, AttributeValue> start = from;
            ScanResponse page = Dynamo.call(
                    "list the feeds that have batches",
                    () -> client.scan(r -> r.tableName(settings.batches())
                            .overrideConfiguration(Dynamo.step("feeds"))
                            .projectionExpression("#feed")
                            .expressionAttributeNames(Map.of("#feed", "feed"))
                            .limit(1)
                            .exclusiveStartKey(start.isEmpty() ? null : start)));
            List<String> found =
                    page.items().stream().map(item -> Items.text(item, "feed")).toList();
            found.stream().filter(name -> !name.startsWith(Items.NO_FEED)).forEach(feeds::add);
            from = page.lastEvaluatedKey().isEmpty() || found.isEmpty()
                    ? page.lastEvaluatedKey()
                    : Map.of("feed", s(found.get(0)), "batch", s(LAST_KEY));
        } while (!from.isEmpty());
        return feeds;
    }
}
