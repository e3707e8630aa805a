package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.number;
import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Files that clusters refused come back to their batch, which has failed there. Each transaction leaves batch, items and files in agreement. */
final class Release {
    /** With their batch, and the items that name them, 100 writes at most. */
    private static final int AT_ONCE = 45;

    private final LedgerSettings settings;
    private final BatchFiles files;
    private final Quarantine quarantine;

    Release(DynamoDbClient client, LedgerSettings settings, Quarantine quarantine) {
        this.settings = settings;
        this.quarantine = quarantine;
        files = new BatchFiles(client, settings);
    }

    /** Those that are still set aside from the batch, were not left out by a person, and have no later version. */
    List<QuarantinedFile> returning(Batch batch, Collection<String> clusters) {
        if (batch.quarantined() == 0) {
            return List.of();
        }
        Map<String, List<Ledger.KnownFile>> known = new HashMap<>();
        return files.quarantined(batch).stream()
                .filter(file -> clusters.contains(file.cluster()) && !file.isOmitted())
                .filter(file -> isHere(
                        batch,
                        file,
                        known.computeIfAbsent(file.file().url(), url -> files.versions(batch.feed(), url))))
                .toList();
    }

    private static boolean isHere(Batch batch, QuarantinedFile file, List<Ledger.KnownFile> ofObject) {
        return ofObject.stream()
                .max(Ledger.KnownFile.BY_AGE)
                .filter(newest -> newest.file().equals(file.file())
                        && newest.batch().equals(batch.id())
                        && newest.quarantined().containsKey(file.cluster()))
                .isPresent();
    }

    /** @param returning as {@link #returning} gives them */
    Batch release(Batch ended, List<QuarantinedFile> returning) throws Conflict {
        Batch batch = ended;
        for (int from = 0; from < returning.size(); from += AT_ONCE) {
            Set<QuarantinedFile> some =
                    new HashSet<>(returning.subList(from, Math.min(from + AT_ONCE, returning.size())));
            List<TransactWriteItem> writes = new ArrayList<>();
            writes.add(counted(batch, some.size()));
            for (Map<String, AttributeValue> item : files.setAside(batch.id())) {
                List<QuarantinedFile> named = EntriesItems.quarantined(batch.feed(), item);
                List<QuarantinedFile> rest =
                        named.stream().filter(file -> !some.contains(file)).toList();
                if (rest.size() < named.size()) {
                    writes.add(without(batch, item, rest));
                }
            }
            Map<FileEntry, List<QuarantinedFile>> byFile = new LinkedHashMap<>();
            some.forEach(file -> byFile.computeIfAbsent(file.file(), key -> new ArrayList<>())
                    .add(file));
            byFile.values().forEach(ofFile -> writes.add(backIn(ended.id(), ofFile)));
            quarantine.write(
                    "release", "bring back " + Quantity.count(some.size(), "file") + " of batch " + batch.id(), writes);
            batch = quarantine.read(batch.id());
        }
        return batch;
    }

    private TransactWriteItem counted(Batch batch, int fewer) {
        if (batch.status() != BatchStatus.COMPLETE && batch.status() != BatchStatus.ERROR) {
            throw new IllegalArgumentException("batch " + batch.id() + " has not ended");
        }
        return TransactWriteItem.builder()
                .update(u -> u.tableName(settings.batches())
                        .key(Items.batchKey(batch.id()))
                        .updateExpression("SET #quarantined = :less")
                        .conditionExpression("#status = :status AND #quarantined = :seen AND #attempt = :attempt"
                                + " AND attribute_not_exists(#deleting)")
                        .expressionAttributeNames(Map.of(
                                "#quarantined",
                                "quarantined",
                                "#status",
                                "status",
                                "#attempt",
                                "attempt",
                                "#deleting",
                                DynamoDbBatchSteering.DELETING))
                        .expressionAttributeValues(Map.of(
                                ":status", s(batch.status().word()),
                                ":seen", n(batch.quarantined()),
                                ":attempt", n(batch.attempt()),
                                ":less", n(batch.quarantined() - (long) fewer))))
                .build();
    }

    /** An item that names none stays: a transaction that puts needs no permission to delete. */
    private TransactWriteItem without(Batch batch, Map<String, AttributeValue> item, List<QuarantinedFile> rest) {
        long sequence = number(item, "sequence");
        long expires = number(item, Items.EXPIRES);
        return TransactWriteItem.builder()
                .put(p -> p.tableName(settings.entries())
                        .item(EntriesItems.quarantined(batch.id(), sequence, rest, expires)))
                .build();
    }

    private TransactWriteItem backIn(String batch, List<QuarantinedFile> ofFile) {
        Map<String, String> names = new HashMap<>(Map.of("#batch", "batch"));
        List<String> removed = new ArrayList<>();
        StringBuilder condition = new StringBuilder("#batch = :batch");
        for (QuarantinedFile file : ofFile) {
            String name = "#q" + removed.size();
            names.put(name, Items.quarantinedIn(file.cluster()));
            removed.add(name);
            condition.append(" AND attribute_exists(").append(name).append(')');
        }
        return TransactWriteItem.builder()
                .update(u -> u.tableName(settings.files())
                        .key(Items.fileKey(ofFile.get(0).file()))
                        .updateExpression("REMOVE " + String.join(", ", removed))
                        .conditionExpression(condition.toString())
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(Map.of(":batch", s(batch))))
                .build();
    }
}
