package dev.caravan.migrate.lambdaloader;

import dev.caravan.base.aws.AwsRefused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** The AWS loader's tables, which are only read. Every method throws {@link AwsRefused} if DynamoDB doesn't let it. */
public final class LoaderTables {
    /** As many as DynamoDB reads in one call. */
    static final int MOST_AT_ONCE = 100;

    static final String CONFIG = "LambdaRedshiftBatchLoadConfig";
    static final String BATCHES = "LambdaRedshiftBatches";
    static final String FILES = "LambdaRedshiftProcessedFiles";

    private final DynamoDbClient client;
    private final String prefix;

    /** @param prefix what the tables' names begin with, before the loader's own names; usually empty */
    public LoaderTables(DynamoDbClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    /** The configuration of every prefix. */
    List<Item> configs() {
        List<Item> items = new ArrayList<>();
        forEach(CONFIG, items::add);
        return items;
    }

    void batches(Consumer<LoaderBatch> consumer) {
        forEach(BATCHES, item -> consumer.accept(LoaderBatch.of(item)));
    }

    void processedFiles(Consumer<ProcessedFile> consumer) {
        forEach(FILES, item -> consumer.accept(ProcessedFile.of(item)));
    }

    /** Those of some files that were processed, by their names as the loader writes them. */
    Map<String, ProcessedFile> processedFiles(Collection<String> files) {
        Map<String, ProcessedFile> found = new HashMap<>();
        List<String> names = List.copyOf(files);
        for (int from = 0; from < names.size(); from += MOST_AT_ONCE) {
            get(names.subList(from, Math.min(from + MOST_AT_ONCE, names.size())))
                    .forEach(item -> {
                        ProcessedFile file = ProcessedFile.of(Item.of(item));
                        found.put(file.file(), file);
                    });
        }
        return found;
    }

    private List<Map<String, AttributeValue>> get(List<String> names) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        List<Map<String, AttributeValue>> keys = names.stream()
                .map(name -> Map.of("loadFile", AttributeValue.fromS(name)))
                .toList();
        Map<String, KeysAndAttributes> left =
                Map.of(prefix + FILES, KeysAndAttributes.builder().keys(keys).build());
        while (!left.isEmpty()) {
            var wanted = left;
            var answer = asked(FILES, () -> client.batchGetItem(r -> r.requestItems(wanted)));
            items.addAll(answer.responses().getOrDefault(prefix + FILES, List.of()));
            left = answer.unprocessedKeys();
        }
        return items;
    }

    private void forEach(String table, Consumer<Item> consumer) {
        asked(table, () -> {
            client.scanPaginator(r -> r.tableName(prefix + table))
                    .items()
                    .forEach(item -> consumer.accept(Item.of(item)));
            return table;
        });
    }

    private <T> T asked(String table, Supplier<T> call) {
        return AwsRefused.unless(
                "DynamoDB",
                "read the AWS loader's table " + prefix + table + " (--region and --table-prefix say where it is)",
                call);
    }
}
