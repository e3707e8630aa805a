package dev.caravan.ledger;

import static dev.caravan.ledger.Items.n;
import static dev.caravan.ledger.Items.s;
import static dev.caravan.ledger.Items.time;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Stage;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.outcome.Outcome;
import dev.caravan.outcome.OutcomeJson;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The ledger in DynamoDB; {@code src/adr/0002} says why the items are as they are. Safe for use by many threads and instances. */
public final class DynamoDbLedger implements Ledger {
    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;
    private final OpenBatches openBatches;

    public DynamoDbLedger(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        openBatches = new OpenBatches(client, settings, clock);
    }

    /** Creates the tables that are missing. */
    public void createTables() {
        LedgerTables.create(client, settings);
    }

    // ---- open batches

    @Override
    public Optional<Batch> open(String feed, String key) {
        return get("open", Items.openKey(feed, key));
    }

    @Override
    public Batch add(Batch batch, List<FileEntry> files) throws Conflict, KnownFiles {
        return openBatches.add(batch, files);
    }

    @Override
    public Batch lock(Batch batch, List<FileEntry> files, String completedBy) throws Conflict, KnownFiles {
        return openBatches.lock(batch, files, completedBy);
    }

    // ---- reading

    @Override
    public Optional<Batch> find(String id) {
        Optional<Batch> ended = get("find", Items.batchKey(id));
        return ended.isPresent() ? ended : findOpen(id);
    }

    private Optional<Batch> findOpen(String id) {
        String feed = BatchId.feed(id);
        return Dynamo.call(
                        "look for open batch " + id,
                        () -> client.query(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("find"))
                                .consistentRead(true)
                                .keyConditionExpression("#feed = :feed AND begins_with(#batch, :open)")
                                .expressionAttributeNames(Map.of("#feed", "feed", "#batch", "batch"))
                                .expressionAttributeValues(Map.of(":feed", s(feed), ":open", s("open#")))))
                .items()
                .stream()
                .map(Items::batch)
                .filter(batch -> batch.id().equals(id))
                .findFirst();
    }

    private Optional<Batch> get(String step, Map<String, AttributeValue> key) {
        Map<String, AttributeValue> item = Dynamo.call(
                        "read a batch",
                        () -> client.getItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step(step))
                                .key(key)
                                .consistentRead(true)))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(Items.batch(item));
    }

    @Override
    public void files(Batch batch, Consumer<FileEntry> consumer) {
        long files = 0;
        long items = 0;
        Map<String, AttributeValue> from = Map.of();
        do {
            Map<String, AttributeValue> start = from;
            var page = Dynamo.call(
                    "read the files of batch " + batch.id(),
                    () -> client.query(r -> r.tableName(settings.entries())
                            .overrideConfiguration(Dynamo.step("files"))
                            .consistentRead(true)
                            .keyConditionExpression("#batch = :batch")
                            .expressionAttributeNames(Map.of("#batch", "batch"))
                            .expressionAttributeValues(Map.of(":batch", s(batch.id())))
                            .exclusiveStartKey(start.isEmpty() ? null : start)));
            for (Map<String, AttributeValue> item : page.items()) {
                List<FileEntry> entries = Items.files(batch.feed(), item);
                entries.forEach(consumer);
                files += entries.size();
                items++;
            }
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty());
        if (files != batch.files() || items != batch.entries()) {
            throw new UnloadableBatch("batch " + batch.id() + " should have " + batch.files() + " files in "
                    + batch.entries() + " entries, but the table " + settings.entries() + " holds " + files + " in "
                    + items
                    + ". Nothing is loaded from it: were items deleted by hand, or have they expired?");
        }
    }

    @Override
    public List<KnownFile> known(String url) {
        return client
                .queryPaginator(r -> r.tableName(settings.files())
                        .overrideConfiguration(Dynamo.step("known"))
                        .consistentRead(true)
                        .keyConditionExpression("#object = :object")
                        .expressionAttributeNames(Map.of("#object", "object"))
                        .expressionAttributeValues(Map.of(":object", s(url))))
                .items()
                .stream()
                .map(Items::knownFile)
                .toList();
    }

    @Override
    public List<Waiting> waiting(Instant now) {
        return Dynamo.call(
                        "look for batches that wait",
                        () -> client.query(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("waiting"))
                                .indexName(LedgerTables.BY_PHASE)
                                .limit(100)
                                .keyConditionExpression("#phase = :live AND #time <= :now")
                                .expressionAttributeNames(Map.of("#phase", "phase", "#time", "time"))
                                .expressionAttributeValues(Map.of(":live", s("live"), ":now", time(now)))))
                .items()
                .stream()
                .map(item -> new Waiting(
                        Items.text(item, "id"),
                        BatchStatus.OPEN.word().equals(Items.text(item, "status"))
                                ? Optional.of(Items.text(item, "key"))
                                : Optional.empty()))
                .toList();
    }

    // ---- locked batches

    @Override
    public Batch reach(Batch batch, Stage stage) {
        return change(
                "reach",
                batch.id(),
                "SET #stage = :stage",
                Map.of("#stage", "stage"),
                Map.of(":stage", s(stage.word())));
    }

    @Override
    public Batch manifest(Batch batch, String url) {
        return change(
                "manifest",
                batch.id(),
                "SET #stage = :stage, #manifest = :manifest",
                Map.of("#stage", "stage", "#manifest", "manifest"),
                Map.of(":stage", s(Stage.COPY.word()), ":manifest", s(url)));
    }

    @Override
    public Batch outcome(Batch batch, Outcome outcome) {
        return change(
                "outcome",
                batch.id(),
                "SET #outcomes.#cluster = :outcome",
                Map.of("#outcomes", "outcomes", "#cluster", outcome.cluster()),
                Map.of(":outcome", s(OutcomeJson.write(outcome))));
    }

    @Override
    public Batch note(Batch batch, String reason) {
        return change(
                "note", batch.id(), "SET #reason = :reason", Map.of("#reason", "reason"), Map.of(":reason", s(reason)));
    }

    @Override
    public Batch postpone(Batch batch, Instant until, String reason) {
        return change(
                "postpone",
                batch.id(),
                "SET #time = :until, #reason = :reason REMOVE #owner",
                Map.of("#time", "time", "#reason", "reason"),
                Map.of(":until", time(until), ":reason", s(reason)));
    }

    @Override
    public Batch confirm(String id) {
        Batch batch = get("confirm", Items.batchKey(id)).orElseThrow(() -> new LeaseLost(id));
        BatchStatus status = batch.isLoaded() ? BatchStatus.COMPLETE : BatchStatus.ERROR;
        return change(
                "confirm",
                id,
                "SET #status = :status, #phase = :phase, #time = :now REMOVE #owner",
                Map.of("#phase", "phase", "#time", "time"),
                Map.of(
                        ":status", s(status.word()),
                        ":phase", s(Items.phase(status)),
                        ":now", time(clock.instant())));
    }

    @Override
    public Optional<Batch> takeOver(String id) {
        Instant now = clock.instant();
        try {
            return Optional.of(Items.batch(Dynamo.call(
                            "take over batch " + id,
                            () -> client.updateItem(r -> r.tableName(settings.batches())
                                    .overrideConfiguration(Dynamo.step("takeOver"))
                                    .key(Items.batchKey(id))
                                    .updateExpression("SET #owner = :me, #time = :lease, #attempt = #attempt + :one")
                                    .conditionExpression("#status = :locked AND #time <= :now")
                                    .expressionAttributeNames(Map.of(
                                            "#owner", "owner",
                                            "#time", "time",
                                            "#attempt", "attempt",
                                            "#status", "status"))
                                    .expressionAttributeValues(Map.of(
                                            ":me", s(settings.owner()),
                                            ":lease", time(now.plus(settings.lease())),
                                            ":one", n(1),
                                            ":locked", s(BatchStatus.LOCKED.word()),
                                            ":now", time(now)))
                                    .returnValues(ReturnValue.ALL_NEW)))
                    .attributes()));
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    @Override
    public void renew(String id) {
        change(
                "renew",
                id,
                "SET #time = :lease",
                Map.of("#time", "time"),
                Map.of(":lease", time(clock.instant().plus(settings.lease()))));
    }

    /** Changes a batch that is locked by this instance. */
    private Batch change(
            String step, String id, String update, Map<String, String> names, Map<String, AttributeValue> values) {
        Map<String, String> allNames = new HashMap<>(names);
        allNames.put("#owner", "owner");
        allNames.put("#status", "status");
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allValues.put(":me", s(settings.owner()));
        allValues.put(":locked", s(BatchStatus.LOCKED.word()));
        try {
            return Items.batch(Dynamo.call(
                            "note the progress of batch " + id,
                            () -> client.updateItem(r -> r.tableName(settings.batches())
                                    .overrideConfiguration(Dynamo.step(step))
                                    .key(Items.batchKey(id))
                                    .updateExpression(update)
                                    .conditionExpression("#owner = :me AND #status = :locked")
                                    .expressionAttributeNames(allNames)
                                    .expressionAttributeValues(allValues)
                                    .returnValues(ReturnValue.ALL_NEW)))
                    .attributes());
        } catch (ConditionalCheckFailedException e) {
            throw new LeaseLost(id);
        }
    }
}
