package dev.caravan.ledger.read;

import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.Dynamo;
import dev.caravan.ledger.dynamo.Items;
import dev.caravan.ledger.dynamo.LedgerTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The ledger's items of batches, as DynamoDB gives them: by queries page by page, or of keys many at a time. Lists are eventually consistent.
 */
final class BatchItems {
    /** How many batches one question may name. */
    static final int MOST_IN_A_GET = 100;

    private final DynamoDbClient client;
    private final LedgerSettings settings;

    BatchItems(DynamoDbClient client, LedgerSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** The index's items of a phase: id, key and status, and the table's keys. */
    Stream<Map<String, AttributeValue>> index(String phase, Instant since, int pageSize) {
        return query(
                "list",
                pageSize,
                r -> r.indexName(LedgerTables.BY_PHASE)
                        .scanIndexForward(false)
                        .keyConditionExpression("#phase = :phase AND #time >= :since")
                        .expressionAttributeNames(Map.of("#phase", "phase", "#time", "time"))
                        .expressionAttributeValues(Map.of(
                                ":phase",
                                s(phase),
                                ":since",
                                since.equals(Instant.EPOCH) ? s(" ") : Items.time(since))));
    }

    static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
        return Map.of("feed", s(Items.text(item, "feed")), "batch", s(Items.text(item, "batch")));
    }

    /** The batches of any number of different keys, in no order; those that aren't there any more are left out. */
    List<BatchRecord> all(List<Map<String, AttributeValue>> keys) {
        List<BatchRecord> records = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += MOST_IN_A_GET) {
            records.addAll(get(keys.subList(from, Math.min(from + MOST_IN_A_GET, keys.size()))));
        }
        return records;
    }

    List<BatchRecord> get(List<Map<String, AttributeValue>> keys) {
        List<BatchRecord> records = new ArrayList<>();
        Map<String, KeysAndAttributes> left = Map.of(
                settings.batches(), KeysAndAttributes.builder().keys(keys).build());
        while (!left.isEmpty()) {
            var wanted = left;
            var answer = Dynamo.call(
                    "read batches",
                    () -> client.batchGetItem(r -> r.requestItems(wanted).overrideConfiguration(Dynamo.step("list"))));
            answer.responses()
                    .getOrDefault(settings.batches(), List.of())
                    .forEach(item -> records.add(Items.record(item)));
            left = answer.unprocessedKeys();
        }
        return records;
    }

    /** Items page by page, as they are wanted. */
    Stream<Map<String, AttributeValue>> query(String step, int pageSize, Consumer<QueryRequest.Builder> query) {
        QueryRequest.Builder request =
                QueryRequest.builder().tableName(settings.batches()).overrideConfiguration(Dynamo.step(step));
        if (pageSize < Integer.MAX_VALUE) {
            request.limit(pageSize);
        }
        query.accept(request);
        return client.queryPaginator(request.build()).items().stream();
    }
}
