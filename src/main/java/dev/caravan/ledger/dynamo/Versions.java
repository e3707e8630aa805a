package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** What is written about versions of objects of which another batch loads the content. */
final class Versions {
    private final LedgerSettings settings;
    private final Quarantine quarantine;

    Versions(LedgerSettings settings, Quarantine quarantine) {
        this.settings = settings;
        this.quarantine = quarantine;
    }

    Batch supersede(Batch batch, List<QuarantinedFile> files) throws Conflict {
        write("supersede", batch, leftOut(batch, files));
        return quarantine.read(batch.id());
    }

    Batch takeInstead(Batch batch, String cluster, Map<FileEntry, FileEntry> replaced) throws Conflict {
        List<FileEntry> now = List.copyOf(replaced.values());
        Batch other = quarantine.waiting(batch.key(), now, List.of());
        List<TransactWriteItem> writes = quarantine.newBatch(other, now);
        for (FileEntry file : now) {
            writes.add(OpenBatches.put(settings.files(), Items.file(file, other.id(), quarantine.expires()), "feed"));
        }
        List<QuarantinedFile> left = new ArrayList<>();
        replaced.forEach((file, version) -> left.add(QuarantinedFile.superseded(
                file,
                cluster,
                batch.attempt(),
                other.id(),
                "overwritten before it was loaded: batch " + other.id() + " loads version " + version.version())));
        writes.addAll(leftOut(batch, left));
        write("takeInstead", batch, writes);
        return quarantine.read(batch.id());
    }

    Batch loadAfterAll(Ledger.KnownFile known, List<String> clusters) throws Conflict {
        return quarantine.intoOwnBatch("loadAfterAll", known, clusters, "", "", Map.of());
    }

    /** The batch counts them, and an item behind its entries names them. */
    private List<TransactWriteItem> leftOut(Batch batch, List<QuarantinedFile> files) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":me", s(settings.owner()),
                ":locked", s(BatchStatus.LOCKED.word()),
                ":grown", n(batch.superseded() + (long) files.size())));
        if (batch.superseded() > 0) {
            values.put(":seen", n(batch.superseded()));
        }
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder()
                .update(u -> u.tableName(settings.batches())
                        .key(Items.batchKey(batch.id()))
                        .updateExpression("SET #superseded = :grown")
                        .conditionExpression("#owner = :me AND #status = :locked AND "
                                + (batch.superseded() > 0
                                        ? "#superseded = :seen"
                                        : "attribute_not_exists(#superseded)"))
                        .expressionAttributeNames(
                                Map.of("#superseded", Items.SUPERSEDED, "#owner", "owner", "#status", "status"))
                        .expressionAttributeValues(values))
                .build());
        writes.add(OpenBatches.put(
                settings.entries(),
                EntriesItems.quarantined(
                        batch.id(), EntriesItems.SUPERSEDED + batch.superseded(), files, quarantine.expires()),
                "files"));
        return writes;
    }

    private void write(String step, Batch batch, List<TransactWriteItem> writes) throws Conflict {
        quarantine.write(step, "leave overwritten files out of batch " + batch.id(), writes);
    }
}
