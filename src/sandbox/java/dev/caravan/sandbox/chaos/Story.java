package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.chaos.check.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** For whoever looks into a broken promise: all that the ledger has of its file, item by item, since its tables go with the run. */
final class Story {
    private final DynamoDbClient dynamoDb;

    Story(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** Writes one for each finding that is broken, if there are such. */
    void write(Path file, List<Finding> findings) {
        List<String> lines = findings.stream()
                .filter(finding -> finding.kind().isBroken())
                .flatMap(this::of)
                .toList();
        if (!lines.isEmpty()) {
            try {
                Files.write(file, lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Stream<String> of(Finding finding) {
        List<Map<String, AttributeValue>> versions =
                finding.subject().isEmpty() ? List.of() : items("caravan-files", "object", finding.subject());
        Stream<String> batches = versions.stream()
                .map(item ->
                        item.getOrDefault("batch", AttributeValue.fromS("")).s())
                .filter(batch -> !batch.isEmpty())
                .distinct()
                .flatMap(batch -> Stream.concat(
                        batch(batch),
                        items("caravan-entries", "batch", batch).stream()
                                .filter(item -> item.toString().contains(finding.subject()))))
                .map(Story::line);
        return Stream.of(Stream.of(finding.toString()), versions.stream().map(Story::line), batches, Stream.of(""))
                .flatMap(lines -> lines);
    }

    private Stream<Map<String, AttributeValue>> batch(String id) {
        String feed = id.substring(0, Math.max(0, id.lastIndexOf('-')));
        return Stream.of(dynamoDb.getItem(r -> r.tableName("caravan-batches")
                        .consistentRead(true)
                        .key(Map.of("feed", AttributeValue.fromS(feed), "batch", AttributeValue.fromS(id))))
                .item());
    }

    private List<Map<String, AttributeValue>> items(String table, String key, String value) {
        return dynamoDb
                .queryPaginator(r -> r.tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("#key = :value")
                        .expressionAttributeNames(Map.of("#key", key))
                        .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))))
                .items()
                .stream()
                .toList();
    }

    private static String line(Map<String, AttributeValue> item) {
        return "  " + new TreeMap<>(item);
    }
}
