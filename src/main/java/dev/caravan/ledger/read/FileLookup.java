package dev.caravan.ledger.read;

import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.BatchFiles;
import dev.caravan.ledger.dynamo.Dynamo;
import dev.caravan.ledger.dynamo.Items;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Tells which of many files the ledger knows; eventually consistent. Safe for use by many threads. */
public final class FileLookup {
    /** Files of one {@link #known}: as many as DynamoDB reads in one call. */
    public static final int MOST = 100;

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final BatchFiles objects;

    public FileLookup(DynamoDbClient client, LedgerSettings settings) {
        this.client = client;
        this.settings = settings;
        objects = new BatchFiles(client, settings);
    }

    /**
     * Looks files up. One with {@link FileEntry#ANY_VERSION} is known if any version of its object is known in its feed.
     *
     * @param files at most {@link #MOST}
     * @return those that are known
     */
    public Map<FileEntry, KnownFile> known(Collection<FileEntry> files) {
        Map<FileEntry, KnownFile> known = new HashMap<>();
        Map<Map<String, AttributeValue>, FileEntry> byKey = new HashMap<>();
        for (FileEntry file : files) {
            if (file.version().equals(FileEntry.ANY_VERSION)) {
                objects.versions(file.feed(), file.url()).forEach(found -> known.put(file, found));
            } else {
                byKey.put(Items.fileKey(file), file);
            }
        }
        for (Map<String, AttributeValue> item : get(List.copyOf(byKey.keySet()))) {
            FileEntry file = byKey.get(Map.of("object", value(item, "object"), "version", value(item, "version")));
            if (file != null) {
                known.put(file, Items.knownFile(item));
            }
        }
        return known;
    }

    private List<Map<String, AttributeValue>> get(List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Map<String, KeysAndAttributes> left = keys.isEmpty()
                ? Map.of()
                : Map.of(
                        settings.files(), KeysAndAttributes.builder().keys(keys).build());
        while (!left.isEmpty()) {
            var wanted = left;
            var answer = Dynamo.call(
                    "look files up",
                    () -> client.batchGetItem(
                            r -> r.requestItems(wanted).overrideConfiguration(Dynamo.step("lookup"))));
            items.addAll(answer.responses().getOrDefault(settings.files(), List.of()));
            left = answer.unprocessedKeys();
        }
        return items;
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String name) {
        return s(Items.text(item, name));
    }
}
