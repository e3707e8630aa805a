package dev.caravan.sandbox.chaos.check;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Caravan's ledger as it stands in DynamoDB, looked at from outside: no code of Caravan's is asked. */
public final class LedgerView {
    private final DynamoDbClient dynamoDb;

    public LedgerView(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** Files first: a file that is there has its batch there too. */
    public LedgerSnapshot snapshot() {
        Map<String, String> files = files();
        return new LedgerSnapshot(batches(), files);
    }

    private List<LedgerBatch> batches() {
        return dynamoDb.scanPaginator(r -> r.tableName("caravan-batches").consistentRead(true)).items().stream()
                .filter(item -> item.containsKey("id")) // the others are held clusters
                .map(item -> new LedgerBatch(
                        text(item, "id"),
                        text(item, "status"),
                        number(item, "files"),
                        number(item, "attempt"),
                        text(item, "owner"),
                        time(item),
                        text(item, "reason")))
                .toList();
    }

    /** Of a batch that waits for a cluster, the cluster's name stands in front. */
    private static Instant time(Map<String, AttributeValue> item) {
        return Instant.parse(text(item, "time").replaceFirst(".*#", ""));
    }

    private Map<String, String> files() {
        Map<String, String> files = new HashMap<>();
        dynamoDb.scanPaginator(r -> r.tableName("caravan-files").consistentRead(true))
                .items()
                .forEach(item -> files.put(text(item, "object"), text(item, "batch")));
        return files;
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? "" : value.s();
    }

    private static int number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? 0 : Integer.parseInt(value.n());
    }
}
