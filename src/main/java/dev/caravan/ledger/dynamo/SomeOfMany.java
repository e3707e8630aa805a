package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.ledger.LedgerSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Batches that wait, as the index {@code by-phase} lists them: as many as one look may cost, however many there are. These are the oldest; where
 * there are more, the newest as well, so that what has just come due is seen behind a long backlog, and each time another part of those between.
 */
final class SomeOfMany {
    private static final int OLDEST = 500;
    private static final int NEWEST = 100;
    private static final int BETWEEN = 400;

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Map<String, Map<String, AttributeValue>> places = new ConcurrentHashMap<>();

    SomeOfMany(DynamoDbClient client, LedgerSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * Looks.
     *
     * @param from the first {@code time} that counts
     * @param to the last one
     * @param place by which the next look of this kind knows how far this one got
     * @return the index's items, oldest first
     */
    List<Map<String, AttributeValue>> look(String step, String phase, String from, String to, String place) {
        QueryResponse oldest = query(step, phase, from, to, true, OLDEST, Map.of());
        if (!oldest.hasLastEvaluatedKey() || oldest.lastEvaluatedKey().isEmpty()) {
            places.remove(place);
            return oldest.items();
        }
        QueryResponse between =
                query(step, phase, from, to, true, BETWEEN, places.getOrDefault(place, oldest.lastEvaluatedKey()));
        if (between.hasLastEvaluatedKey() && !between.lastEvaluatedKey().isEmpty()) {
            places.put(place, between.lastEvaluatedKey());
        } else {
            places.remove(place);
        }
        List<Map<String, AttributeValue>> newest =
                query(step, phase, from, to, false, NEWEST, Map.of()).items();
        Map<String, Map<String, AttributeValue>> byId = new LinkedHashMap<>();
        oldest.items().forEach(item -> byId.put(Items.text(item, "id"), item));
        between.items().forEach(item -> byId.putIfAbsent(Items.text(item, "id"), item));
        for (int i = newest.size() - 1; i >= 0; i--) {
            byId.putIfAbsent(Items.text(newest.get(i), "id"), newest.get(i));
        }
        return new ArrayList<>(byId.values());
    }

    private QueryResponse query(
            String step,
            String phase,
            String from,
            String to,
            boolean forward,
            int limit,
            Map<String, AttributeValue> after) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":phase", s(phase), ":from", s(from), ":to", s(to)));
        return Dynamo.call(
                "look for batches that wait",
                () -> client.query(r -> r.tableName(settings.batches())
                        .overrideConfiguration(Dynamo.step(step))
                        .indexName(LedgerTables.BY_PHASE)
                        .limit(limit)
                        .scanIndexForward(forward)
                        .keyConditionExpression("#phase = :phase AND #time BETWEEN :from AND :to")
                        .expressionAttributeNames(Map.of("#phase", "phase", "#time", "time"))
                        .expressionAttributeValues(values)
                        .exclusiveStartKey(after.isEmpty() ? null : after)));
    }
}
