package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.BatchSteering;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.LedgerSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A person's changes to batches, in DynamoDB. */
public final class DynamoDbBatchSteering implements BatchSteering {
    /** DynamoDB's limit for one request. */
    private static final int DELETED_AT_ONCE = 25;

    /** What an ended batch has while it is being deleted. */
    static final String DELETING = "deleting";

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;
    private final Quarantine quarantine;
    private final Release release;

    /** @param settings its owner is who the history says did it */
    public DynamoDbBatchSteering(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        quarantine = new Quarantine(client, settings, clock);
        release = new Release(client, settings, quarantine);
    }

    @Override
    public List<QuarantinedFile> returning(Batch ended, Collection<String> clusters) {
        return release.returning(ended, clusters);
    }

    @Override
    public Batch release(Batch ended, List<QuarantinedFile> returning) throws Conflict {
        return release.release(ended, returning);
    }

    @Override
    public Batch reprocess(Batch asSeen, Collection<String> clusters, List<QuarantinedFile> omitted) throws Conflict {
        Map<String, String> names = new HashMap<>(Map.of(
                "#status", "status",
                "#phase", "phase",
                "#time", "time",
                "#locked", "locked",
                "#pauses", "pauses",
                "#stage", "stage",
                "#reason", "reason",
                "#attempt", "attempt"));
        names.putAll(Map.of("#quarantined", "quarantined", "#deleting", DELETING));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":locked", s(BatchStatus.LOCKED.word()),
                ":live", s(Items.LIVE),
                ":now", time(clock.instant()),
                ":none", n(0),
                ":manifest", s(Stage.MANIFEST.word()),
                ":empty", s(""),
                ":grown", n(asSeen.quarantined() + (long) omitted.size())));
        values.putAll(Map.of(
                ":status", s(ended(asSeen).word()),
                ":attempt", n(asSeen.attempt()),
                ":seen", n(asSeen.quarantined())));
        String update = "SET #status = :locked, #phase = :live, #time = :now, #locked = :now, #pauses = :none,"
                + " #stage = :manifest, #reason = :empty, #quarantined = :grown"
                + forgetting(clusters, names);
        String detail = (clusters.isEmpty() ? "" : "again into " + String.join(", ", clusters))
                + (omitted.isEmpty()
                        ? ""
                        : " without "
                                + Quantity.count(
                                        omitted.stream()
                                                .map(QuarantinedFile::file)
                                                .distinct()
                                                .count(),
                                        "file"));
        event("reprocessed", detail.strip(), names, values);
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder()
                .update(u -> u.tableName(settings.batches())
                        .key(Items.batchKey(asSeen.id()))
                        .updateExpression(History.appending(update))
                        .conditionExpression("#status = :status AND #attempt = :attempt AND #quarantined = :seen"
                                + " AND attribute_not_exists(#deleting)")
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values))
                .build());
        writes.addAll(quarantine.setAside(asSeen, omitted));
        quarantine.write("reprocess", "reprocess batch " + asSeen.id(), writes);
        return quarantine.read(asSeen.id());
    }

    private static String forgetting(Collection<String> clusters, Map<String, String> names) {
        List<String> outcomes = new ArrayList<>();
        for (String cluster : clusters) {
            String name = "#c" + outcomes.size();
            names.put(name, cluster);
            names.put("#outcomes", "outcomes");
            outcomes.add("#outcomes." + name);
        }
        outcomes.add(Deaths.forgotten(Deaths.all(), names));
        return " REMOVE " + String.join(", ", outcomes);
    }

    @Override
    public Batch unlock(String id) throws Conflict {
        return change(
                "unlock",
                "unlocked",
                id,
                Items.batchKey(id),
                "SET #time = :now, #phase = :live REMOVE #owner",
                "#status = :locked",
                Map.of("#time", "time", "#phase", "phase", "#owner", "owner", "#status", "status"),
                Map.of(
                        ":now", time(clock.instant()),
                        ":live", s(Items.LIVE),
                        ":locked", s(BatchStatus.LOCKED.word())));
    }

    @Override
    public Batch flush(Batch open) throws Conflict {
        return change(
                "flush",
                "flushed",
                open.id(),
                Items.openKey(open.feed(), open.key(), open.shard()),
                "SET #due = :now, #time = :now",
                "#id = :id",
                Map.of("#due", "due", "#time", "time", "#id", "id"),
                Map.of(":now", time(clock.instant()), ":id", s(open.id())));
    }

    @Override
    public void delete(Batch batch) throws Conflict {
        change(
                "delete",
                "deleting",
                batch.id(),
                Items.batchKey(batch.id()),
                "SET #deleting = :now",
                "#status = :status AND #attempt = :attempt",
                Map.of("#deleting", DELETING, "#status", "status", "#attempt", "attempt"),
                Map.of(
                        ":now", time(clock.instant()),
                        ":status", s(ended(batch).word()),
                        ":attempt", n(batch.attempt())));
        new Deletions(client, settings).note(batch, clock);
        List<WriteRequest> deletions = new ArrayList<>();
        for (Map<String, AttributeValue> key : entries(batch.id())) {
            deletions.add(WriteRequest.builder().deleteRequest(d -> d.key(key)).build());
            if (deletions.size() == DELETED_AT_ONCE) {
                deleteEntries(deletions);
                deletions.clear();
            }
        }
        deleteEntries(deletions);
        Dynamo.call(
                "delete batch " + batch.id(),
                () -> client.deleteItem(r -> r.tableName(settings.batches())
                        .overrideConfiguration(Dynamo.step("delete"))
                        .key(Items.batchKey(batch.id()))));
    }

    private List<Map<String, AttributeValue>> entries(String id) {
        return Dynamo.call(
                "read the entries of batch " + id,
                () -> client
                        .queryPaginator(r -> r.tableName(settings.entries())
                                .overrideConfiguration(Dynamo.step("delete"))
                                .consistentRead(true)
                                .keyConditionExpression("#batch = :batch")
                                .projectionExpression("#batch, #sequence")
                                .expressionAttributeNames(Map.of("#batch", "batch", "#sequence", "sequence"))
                                .expressionAttributeValues(Map.of(":batch", s(id))))
                        .items()
                        .stream()
                        .toList());
    }

    private void deleteEntries(List<WriteRequest> deletions) {
        List<WriteRequest> left = List.copyOf(deletions);
        while (!left.isEmpty()) {
            List<WriteRequest> wanted = left;
            left = Dynamo.call(
                            "delete the entries of a batch",
                            () -> client.batchWriteItem(r -> r.requestItems(Map.of(settings.entries(), wanted))
                                    .overrideConfiguration(Dynamo.step("delete"))))
                    .unprocessedItems()
                    .getOrDefault(settings.entries(), List.of());
        }
    }

    private static BatchStatus ended(Batch batch) {
        if (batch.status() != BatchStatus.COMPLETE && batch.status() != BatchStatus.ERROR) {
            throw new IllegalArgumentException("batch " + batch.id() + " has not ended");
        }
        return batch.status();
    }

    private Batch change(
            String step,
            String what,
            String id,
            Map<String, AttributeValue> key,
            String update,
            String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values)
            throws Conflict {
        Map<String, String> allNames = new HashMap<>(names);
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        event(what, "", allNames, allValues);
        try {
            return Items.batch(Dynamo.update(
                    client,
                    step,
                    step + " batch " + id,
                    r -> r.tableName(settings.batches())
                            .key(key)
                            .updateExpression(History.appending(update))
                            .conditionExpression(condition)
                            .expressionAttributeNames(allNames)
                            .expressionAttributeValues(allValues)));
        } catch (ConditionalCheckFailedException e) {
            throw new Conflict("can't " + step + " batch " + id + ": the ledger has changed since it was read");
        }
    }

    private void event(String what, String detail, Map<String, String> names, Map<String, AttributeValue> values) {
        names.put("#history", History.ATTRIBUTE);
        values.put(
                ":event",
                AttributeValue.fromL(List.of(History.event(clock.instant(), what, settings.owner(), detail))));
        values.put(":nothing", AttributeValue.fromL(List.of()));
    }
}
