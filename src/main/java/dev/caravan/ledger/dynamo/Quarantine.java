package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.outcome.OutcomeJson;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Transactions on quarantined files: into quarantine, and out of it into a batch of their own. */
final class Quarantine {
    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;

    Quarantine(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    /** The batch counts them, an item behind its entries names them, and each file says why. */
    Batch add(Batch batch, List<QuarantinedFile> files) throws Conflict {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder()
                .update(u -> u.tableName(settings.batches())
                        .key(Items.batchKey(batch.id()))
                        .updateExpression("SET #quarantined = :grown")
                        .conditionExpression("#owner = :me AND #status = :locked AND #quarantined = :seen")
                        .expressionAttributeNames(
                                Map.of("#quarantined", "quarantined", "#owner", "owner", "#status", "status"))
                        .expressionAttributeValues(Map.of(
                                ":me", s(settings.owner()),
                                ":locked", s(BatchStatus.LOCKED.word()),
                                ":seen", n(batch.quarantined()),
                                ":grown", n(batch.quarantined() + (long) files.size()))))
                .build());
        writes.addAll(setAside(batch, files));
        long refused = files.stream().filter(file -> !file.isSuperseded()).count();
        if (refused > 0) {
            writes.add(noted(batch, refused));
        }
        write("quarantine", "quarantine " + Quantity.count(files.size(), "file") + " of batch " + batch.id(), writes);
        return read(batch.id());
    }

    /** For who looks for quarantined files. */
    private TransactWriteItem noted(Batch batch, long files) {
        return TransactWriteItem.builder()
                .update(u -> u.tableName(settings.batches())
                        .key(Map.of("feed", s(Items.QUARANTINES), "batch", s(batch.id())))
                        .updateExpression("SET #expires = :expires ADD #files :more")
                        .expressionAttributeNames(Map.of("#expires", Items.EXPIRES, "#files", "files"))
                        .expressionAttributeValues(Map.of(":expires", n(expires()), ":more", n(files))))
                .build();
    }

    /** An item behind the batch's entries for each cluster, which names the files, and each file says why; the batch's count is the caller's. */
    List<TransactWriteItem> setAside(Batch batch, List<QuarantinedFile> files) {
        List<TransactWriteItem> writes = new ArrayList<>();
        long sequence = next(batch);
        for (List<QuarantinedFile> ofCluster : grouped(files, QuarantinedFile::cluster)) {
            writes.add(OpenBatches.put(
                    settings.entries(), EntriesItems.quarantined(batch.id(), sequence, ofCluster, expires()), "files"));
            sequence += ofCluster.size();
        }
        for (List<QuarantinedFile> ofFile : grouped(files, QuarantinedFile::file)) {
            writes.add(why(batch, ofFile));
        }
        return writes;
    }

    /** Behind the last that is there: some of those before it may have been released. */
    private long next(Batch batch) {
        return new BatchFiles(client, settings)
                .setAside(batch.id()).stream()
                        .mapToLong(item -> Items.number(item, "sequence")
                                + Math.max(1, Items.attribute(item, "files").l().size()))
                        .max()
                        .orElse(EntriesItems.QUARANTINE);
    }

    private TransactWriteItem why(Batch batch, List<QuarantinedFile> ofFile) {
        Map<String, String> names = new HashMap<>(Map.of("#batch", "batch"));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":batch", s(batch.id())));
        List<String> set = new ArrayList<>();
        StringBuilder condition = new StringBuilder("#batch = :batch");
        for (QuarantinedFile file : ofFile) {
            int i = set.size();
            names.put("#q" + i, Items.quarantinedIn(file.cluster()));
            values.put(":q" + i, s(OutcomeJson.write(file.cause())));
            set.add("#q" + i + " = :q" + i);
            condition.append(" AND attribute_not_exists(#q").append(i).append(')');
        }
        return TransactWriteItem.builder()
                .update(u -> u.tableName(settings.files())
                        .key(Items.fileKey(ofFile.get(0).file()))
                        .updateExpression("SET " + String.join(", ", set))
                        .conditionExpression(condition.toString())
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values))
                .build();
    }

    private static <K> Collection<List<QuarantinedFile>> grouped(
            List<QuarantinedFile> files, Function<QuarantinedFile, K> by) {
        return files.stream()
                .collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    /** Its key is that of the batch that the file was in: what the file's name was found to say of its table stays. */
    Batch reload(Ledger.KnownFile known, List<String> clusters) throws Conflict {
        Map<String, String> names = new HashMap<>();
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < clusters.size(); i++) {
            names.put("#q" + i, Items.quarantinedIn(clusters.get(i)));
            conditions.add("attribute_exists(#q" + i + ")");
        }
        return intoOwnBatch(
                "reload",
                known,
                clusters,
                " REMOVE " + String.join(", ", names.keySet()),
                " AND " + String.join(" AND ", conditions),
                names);
    }

    /**
     * Moves a file into a new batch of its own, which waits for an instance.
     *
     * @param update what becomes of the file's item besides; empty or begins with a blank
     * @param condition what must be true of it besides, likewise
     */
    Batch intoOwnBatch(
            String step,
            Ledger.KnownFile known,
            List<String> clusters,
            String update,
            String condition,
            Map<String, String> names)
            throws Conflict {
        FileEntry file = known.file();
        String key = find(known.batch())
                .map(Batch::key)
                .orElseThrow(() -> new Conflict("can't " + step + " " + file.url() + ": its batch " + known.batch()
                        + " is no longer in the ledger"));
        Batch batch = waiting(key, List.of(file), clusters);
        List<TransactWriteItem> writes = newBatch(batch, List.of(file));
        Map<String, String> allNames = new HashMap<>(names);
        allNames.put("#batch", "batch");
        writes.add(TransactWriteItem.builder()
                .update(u -> u.tableName(settings.files())
                        .key(Items.fileKey(file))
                        .updateExpression("SET #batch = :new" + update)
                        .conditionExpression("#batch = :old" + condition)
                        .expressionAttributeNames(allNames)
                        .expressionAttributeValues(Map.of(":new", s(batch.id()), ":old", s(known.batch()))))
                .build());
        write(step, step + " " + file.url(), writes);
        return batch;
    }

    /** A batch of one feed's files that is locked and has no owner. */
    Batch waiting(String key, List<FileEntry> files, List<String> clusters) {
        String feed = files.get(0).feed();
        Instant now = clock.instant();
        return Batch.fresh(BatchId.next(feed, now), key, feed, Batch.SHARED, now, now)
                .with(files)
                .waitingFor(clusters, now);
    }

    /** The batch and its files' entries. */
    List<TransactWriteItem> newBatch(Batch batch, List<FileEntry> files) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(OpenBatches.put(
                settings.batches(),
                Items.batch(batch, Items.batchKey(batch.id()), clock.instant(), expires()),
                "feed"));
        writes.add(OpenBatches.put(
                settings.entries(), EntriesItems.entries(batch.id(), batch.entries(), files, expires()), "files"));
        return writes;
    }

    Batch read(String id) {
        return find(id).orElseThrow();
    }

    private Optional<Batch> find(String id) {
        Map<String, AttributeValue> item = Dynamo.call(
                        "read batch " + id,
                        () -> client.getItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("find"))
                                .key(Items.batchKey(id))
                                .consistentRead(true)))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(Items.batch(item));
    }

    void write(String step, String what, List<TransactWriteItem> writes) throws Conflict {
        try {
            Dynamo.transact(client, step, what, writes);
        } catch (TransactionCanceledException e) {
            if (e.cancellationReasons().stream().anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()))) {
                throw new Conflict("can't " + what + ": the ledger has changed since it was read");
            }
            throw e;
        }
    }

    long expires() {
        return clock.instant().plus(settings.keep()).getEpochSecond();
    }
}
