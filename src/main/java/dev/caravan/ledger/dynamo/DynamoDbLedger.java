package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.KnownFiles;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.outcome.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The ledger in DynamoDB; {@code src/adr/0002} says why the items are as they are. Safe for use by many threads and instances. */
public final class DynamoDbLedger implements Ledger {
    /** Sorts behind every time that follows a list's name. */
    private static final String AFTER_TIMES = "~";

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final OpenBatches openBatches;
    private final LockedBatches lockedBatches;
    private final TakeOvers takeOvers;
    private final BatchFiles batchFiles;
    private final Quarantine quarantine;
    private final SomeOfMany someOfMany;
    private final Versions versions;
    private final EndedBatches endedBatches;

    public DynamoDbLedger(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        openBatches = new OpenBatches(client, settings, clock);
        LockedBatchWriter writer = new LockedBatchWriter(client, settings, clock);
        lockedBatches = new LockedBatches(client, settings, clock, writer);
        takeOvers = new TakeOvers(client, settings, clock, writer);
        batchFiles = new BatchFiles(client, settings);
        quarantine = new Quarantine(client, settings, clock);
        someOfMany = new SomeOfMany(client, settings);
        versions = new Versions(settings, quarantine);
        endedBatches = new EndedBatches(client, settings, clock, someOfMany);
    }

    /** Creates the tables that are missing. */
    public void createTables() {
        LedgerTables.create(client, settings);
    }

    // ---- open batches

    @Override
    public Optional<Batch> open(String feed, String key, String shard) {
        return get("open", Items.openKey(feed, key, shard));
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
        // It may be locked, and so be moved, between the first two looks.
        return get("find", Items.batchKey(id)).or(() -> findOpen(id)).or(() -> get("find", Items.batchKey(id)));
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
                                .expressionAttributeValues(Map.of(":feed", s(feed), ":open", s(Items.OPEN)))))
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
        batchFiles.files(batch, consumer);
    }

    @Override
    public List<KnownFile> known(String url) {
        return batchFiles.known(url);
    }

    @Override
    public List<KnownFile> versions(String feed, String url) {
        return batchFiles.versions(feed, url);
    }

    @Override
    public Set<String> overwritten(String feed, List<String> urls) {
        return batchFiles.overwritten(feed, urls);
    }

    @Override
    public Batch supersede(Batch batch, List<QuarantinedFile> files) throws Conflict {
        return versions.supersede(batch, files);
    }

    @Override
    public Batch takeInstead(Batch batch, String cluster, Map<FileEntry, FileEntry> replaced) throws Conflict {
        return versions.takeInstead(batch, cluster, replaced);
    }

    @Override
    public Batch loadAfterAll(KnownFile known, List<String> clusters) throws Conflict {
        return versions.loadAfterAll(known, clusters);
    }

    @Override
    public List<QuarantinedFile> quarantined(Batch batch) {
        return batch.quarantined() == 0 && batch.superseded() == 0 ? List.of() : batchFiles.quarantined(batch);
    }

    // ---- batches that wait

    @Override
    public List<Waiting> waiting(Instant now) {
        return someOfMany.look("waiting", Items.LIVE, "0", time(now).s(), Items.LIVE).stream()
                .map(item -> new Waiting(
                        Items.text(item, "id"),
                        BatchStatus.OPEN.word().equals(Items.text(item, "status"))
                                ? Optional.of(new OpenAt(Items.text(item, "key"), Items.shard(item)))
                                : Optional.empty()))
                .toList();
    }

    @Override
    public List<Held> held(String list) {
        String first = Items.waitingFor(list);
        return someOfMany.look("held", Items.HELD, first, first + AFTER_TIMES, list).stream()
                .map(item -> new Held(
                        Items.text(item, "id"),
                        Instant.parse(Items.text(item, "time").substring(first.length()))))
                .toList();
    }

    @Override
    public Set<String> waitedFor() {
        Set<String> lists = new TreeSet<>();
        String last = "";
        while (true) {
            var next = phase(
                    "waitedFor", "#time > :last", Map.of(":last", s(last.isEmpty() ? "0" : last + AFTER_TIMES)), 1);
            if (next.isEmpty()) {
                return lists;
            }
            String waiting = Items.text(next.get(0), "time");
            String list = waiting.substring(0, waiting.indexOf('#'));
            lists.add(list);
            last = Items.waitingFor(list);
        }
    }

    private List<Map<String, AttributeValue>> phase(
            String step, String times, Map<String, AttributeValue> values, int limit) {
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allValues.put(":phase", s(Items.HELD));
        return Dynamo.call(
                        "look for batches that wait",
                        () -> client.query(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step(step))
                                .indexName(LedgerTables.BY_PHASE)
                                .limit(limit)
                                .keyConditionExpression("#phase = :phase AND " + times)
                                .expressionAttributeNames(Map.of("#phase", "phase", "#time", "time"))
                                .expressionAttributeValues(allValues)))
                .items();
    }

    // ---- locked batches

    @Override
    public Batch reach(Batch batch, Stage stage) {
        return lockedBatches.reach(batch, stage);
    }

    @Override
    public Batch manifest(Batch batch, String url) {
        return lockedBatches.manifest(batch, url);
    }

    @Override
    public Batch outcome(Batch batch, Outcome outcome) {
        return lockedBatches.outcome(batch, outcome);
    }

    @Override
    public Batch lastOutcome(Batch batch, Outcome outcome) {
        return lockedBatches.lastOutcome(batch, outcome);
    }

    @Override
    public Batch note(Batch batch, String reason) {
        return lockedBatches.note(batch, reason);
    }

    @Override
    public Batch quarantine(Batch batch, List<QuarantinedFile> files) throws Conflict {
        return quarantine.add(batch, files);
    }

    @Override
    public Batch reload(KnownFile known, List<String> clusters) throws Conflict {
        return quarantine.reload(known, clusters);
    }

    @Override
    public Batch again(Batch batch) {
        return lockedBatches.again(batch);
    }

    @Override
    public Batch postpone(Batch batch, Instant until, String reason) {
        return lockedBatches.postpone(batch, until, reason);
    }

    @Override
    public Batch hold(Batch batch, String list, String reason) {
        return lockedBatches.hold(batch, list, reason);
    }

    @Override
    public Optional<Batch> confirm(String id) {
        return lockedBatches.confirm(id);
    }

    @Override
    public List<String> failed(Predicate<String> feeds, Instant now) {
        return endedBatches.failed(feeds, now);
    }

    @Override
    public Batch makeGood(Batch failed, String detail) throws Conflict {
        return endedBatches.makeGood(failed, detail);
    }

    @Override
    public void handOver(String id) {
        lockedBatches.handOver(id);
    }

    @Override
    public Optional<Batch> takeOver(String id) {
        return takeOvers.takeOver(id);
    }

    @Override
    public Optional<Batch> resume(String id, String list) {
        return takeOvers.resume(id, list);
    }

    @Override
    public void renew(String id) {
        lockedBatches.renew(id);
    }
}
