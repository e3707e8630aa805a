package dev.caravan.migrate.lambdaloader;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import dev.caravan.sandbox.SharedSandbox;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Tables, items and manifests as the AWS loader leaves them, in the shared sandbox, under a table prefix of a test's own. */
public final class LoaderRemains {
    private static final DateTimeFormatter READABLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HH:mm:ss").withZone(ZoneOffset.UTC);

    private final DynamoDbClient client = SharedSandbox.get().dynamoDb();
    private final String prefix;
    private final String manifestBucket;

    /** Creates the three tables with the loader's keys. */
    public LoaderRemains(String prefix, String manifestBucket) {
        this.prefix = prefix;
        this.manifestBucket = manifestBucket;
        create("LambdaRedshiftBatchLoadConfig", "s3Prefix");
        create("LambdaRedshiftBatches", "batchId", "s3Prefix");
        create("LambdaRedshiftProcessedFiles", "loadFile");
    }

    /** A configuration; values are texts, numbers, truth values, or clusters as a list of maps. */
    public LoaderRemains config(Map<String, Object> attributes) {
        put("LambdaRedshiftBatchLoadConfig", value(attributes).m());
        return this;
    }

    /** A batch as 2.6 and older write it: its files are a set. */
    public LoaderRemains batch(String id, String s3Prefix, String status, Instant updated, String... files) {
        return batch(id, s3Prefix, status, updated, Map.of("entries", fromSs(List.of(files))));
    }

    /** A batch as newer versions write it: its files are a list, with their sizes. */
    public LoaderRemains sizedBatch(String id, String s3Prefix, String status, Instant updated, String... files) {
        return batch(
                id,
                s3Prefix,
                status,
                updated,
                Map.of(
                        "entries",
                        fromL(Stream.of(files)
                                .map(file -> fromM(Map.of("file", fromS(file), "size", fromN("4"))))
                                .toList())));
    }

    /** A batch with whatever else stands in it. */
    public LoaderRemains batch(
            String id, String s3Prefix, String status, Instant updated, Map<String, AttributeValue> more) {
        Map<String, AttributeValue> item = new HashMap<>(more);
        item.put("batchId", fromS(id));
        item.put("s3Prefix", fromS(s3Prefix));
        item.put("status", fromS(status));
        item.put("lastUpdate", fromN(updated.toEpochMilli() / 1000 + ".707"));
        item.put("writeDates", fromNs(List.of(updated.getEpochSecond() - 60 + ".5")));
        item.put("size", fromN("12"));
        if (!status.equals("open")) {
            item.put("manifestFile", fromS(manifest(id)));
        }
        put("LambdaRedshiftBatches", item);
        return this;
    }

    /** Writes the manifest that a batch names; {@code files} as {@code bucket/key}. */
    public LoaderRemains manifest(String batch, String... files) {
        String entries = Stream.of(files)
                .map(file -> "{\"url\":\"s3://" + file + "\",\"mandatory\":true}")
                .collect(Collectors.joining(","));
        SharedSandbox.get()
                .s3()
                .putObject(
                        r -> r.bucket(manifestBucket).key("loader/" + batch),
                        RequestBody.fromString("{\"entries\":[" + entries + "]}"));
        return this;
    }

    /** Marks files as processed. */
    public LoaderRemains processed(String batch, Instant received, String... files) {
        for (String file : files) {
            put(
                    "LambdaRedshiftProcessedFiles",
                    Map.of(
                            "loadFile", fromS(file),
                            "batchId", fromS(batch),
                            "receiveDateTime", fromS(READABLE.format(received)),
                            "timesReceived", fromN("1")));
        }
        return this;
    }

    /** Marks a file as processed by a loader that died before the file was in a batch. */
    public LoaderRemains processedInNoBatch(Instant received, String file) {
        put(
                "LambdaRedshiftProcessedFiles",
                Map.of(
                        "loadFile", fromS(file),
                        "receiveDateTime", fromS(READABLE.format(received)),
                        "timesReceived", fromN("1")));
        return this;
    }

    private String manifest(String batch) {
        return manifestBucket + "/loader/" + batch;
    }

    private void create(String table, String... keys) {
        client.createTable(r -> r.tableName(prefix + table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(Stream.of(keys)
                        .map(key -> AttributeDefinition.builder()
                                .attributeName(key)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .toList())
                .keySchema(Stream.of(keys)
                        .map(key -> KeySchemaElement.builder()
                                .attributeName(key)
                                .keyType(key.equals(keys[0]) ? KeyType.HASH : KeyType.RANGE)
                                .build())
                        .toList()));
    }

    private void put(String table, Map<String, AttributeValue> item) {
        client.putItem(r -> r.tableName(prefix + table).item(item));
    }

    private static AttributeValue value(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, AttributeValue> values = new HashMap<>();
            map.forEach((name, each) -> values.put(String.valueOf(name), value(each)));
            return fromM(values);
        }
        if (value instanceof List<?> list) {
            return fromL(list.stream().map(LoaderRemains::value).toList());
        }
        if (value instanceof Boolean truth) {
            return fromBool(truth);
        }
        return value instanceof Number number ? fromN(number.toString()) : fromS(value.toString());
    }
}
