package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.KnownFiles;
import dev.caravan.ledger.LedgerSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The two transactions on an open batch. Each is one write: files, their entries and the batch agree, or nothing happens. */
final class OpenBatches {
    private static final String AS_SEEN = "#id = :id AND #entries = :entries AND #due = :due";

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;

    OpenBatches(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    Batch add(Batch batch, List<FileEntry> files) throws Conflict, KnownFiles {
        Batch grown = batch.with(files);
        List<TransactWriteItem> writes = writes(grown, files);
        Map<String, AttributeValue> key = Items.openKey(batch.feed(), batch.key(), batch.shard());
        if (batch.isFresh()) {
            writes.add(put(settings.batches(), Items.batch(grown, key, grown.due(), expires()), "feed"));
        } else {
            writes.add(TransactWriteItem.builder()
                    .update(u -> u.tableName(settings.batches())
                            .key(key)
                            .updateExpression("SET #files = :files, #bytes = :bytes, #entries = :grown")
                            .conditionExpression(AS_SEEN)
                            .expressionAttributeNames(Map.of(
                                    "#id",
                                    "id",
                                    "#entries",
                                    "entries",
                                    "#due",
                                    "due",
                                    "#files",
                                    "files",
                                    "#bytes",
                                    "bytes"))
                            .expressionAttributeValues(Map.of(
                                    ":id", s(batch.id()),
                                    ":entries", n(batch.entries()),
                                    ":due", time(batch.due()),
                                    ":files", n(grown.files()),
                                    ":bytes", n(grown.bytes()),
                                    ":grown", n(grown.entries()))))
                    .build());
        }
        write("add", "add " + Quantity.count(files.size(), "file") + " to batch " + batch.id(), writes, files);
        return grown;
    }

    Batch lock(Batch batch, List<FileEntry> files, String completedBy) throws Conflict, KnownFiles {
        Instant now = clock.instant();
        Batch locked = (files.isEmpty() ? batch : batch.with(files)).lockedAt(now);
        Map<String, AttributeValue> item =
                new HashMap<>(Items.batch(locked, Items.batchKey(locked.id()), now.plus(settings.lease()), expires()));
        item.put("owner", s(settings.owner()));
        item.put("completedBy", s(completedBy));
        item.put(
                History.ATTRIBUTE,
                AttributeValue.fromL(List.of(History.event(now, "locked", settings.owner(), completedBy))));
        List<TransactWriteItem> writes = files.isEmpty() ? new ArrayList<>() : writes(locked, files);
        writes.add(put(settings.batches(), item, "feed"));
        if (!batch.isFresh()) {
            writes.add(TransactWriteItem.builder()
                    .delete(d -> d.tableName(settings.batches())
                            .key(Items.openKey(batch.feed(), batch.key(), batch.shard()))
                            .conditionExpression(AS_SEEN)
                            .expressionAttributeNames(Map.of("#id", "id", "#entries", "entries", "#due", "due"))
                            .expressionAttributeValues(Map.of(
                                    ":id", s(batch.id()), ":entries", n(batch.entries()), ":due", time(batch.due()))))
                    .build());
        }
        write("lock", "lock batch " + batch.id(), writes, files);
        return locked;
    }

    /** The files, and the entries item that names them: its sequence is the grown batch's count of entries. */
    private List<TransactWriteItem> writes(Batch grown, List<FileEntry> files) {
        List<TransactWriteItem> writes = new ArrayList<>(files.size() + 3);
        for (FileEntry file : files) {
            writes.add(put(settings.files(), Items.file(file, grown.id(), expires()), "feed"));
        }
        writes.add(
                put(settings.entries(), EntriesItems.entries(grown.id(), grown.entries(), files, expires()), "files"));
        return writes;
    }

    /**
     * A put that changes nothing if the item is there already.
     *
     * @param present an attribute that all items of the table have, and no reserved word, so that it needs no other name
     */
    static TransactWriteItem put(String table, Map<String, AttributeValue> item, String present) {
        return TransactWriteItem.builder()
                .put(p -> p.tableName(table).item(item).conditionExpression("attribute_not_exists(" + present + ")"))
                .build();
    }

    /** @param files those that stand first among the writes, in this order */
    private void write(String step, String what, List<TransactWriteItem> writes, List<FileEntry> files)
            throws Conflict, KnownFiles {
        try {
            Dynamo.transact(client, step, what, writes);
        } catch (TransactionCanceledException e) {
            List<CancellationReason> reasons = e.cancellationReasons();
            List<FileEntry> known = new ArrayList<>();
            for (int i = 0; i < reasons.size(); i++) {
                if ("ConditionalCheckFailed".equals(reasons.get(i).code())) {
                    if (i >= files.size()) {
                        throw new Conflict("can't " + what + ": it has changed since it was read");
                    }
                    known.add(files.get(i));
                }
            }
            if (known.isEmpty()) {
                throw e;
            }
            throw new KnownFiles(known);
        }
    }

    private long expires() {
        return clock.instant().plus(settings.keep()).getEpochSecond();
    }
}
