package dev.caravan.ledger.read;

import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.Deletion;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.NotLoaded;
import dev.caravan.ledger.dynamo.Deletions;
import dev.caravan.ledger.dynamo.Dynamo;
import dev.caravan.ledger.dynamo.Items;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the ledger has to tell people: batches with their history, newest first. Lists are eventually consistent; nothing that decides what is
 * loaded reads them. Failures are a {@link LedgerUnavailable}, as in {@link Ledger}, or the SDK's exception.
 */
public final class LedgerReader {
    private static final Comparator<BatchRecord> NEWEST_FIRST = Comparator.comparing(
                    (BatchRecord record) -> record.batch().first())
            .thenComparing(record -> record.batch().id())
            .reversed();
    private static final int PAGE = 100;
    private static final int SMALL_PAGE = 25;
    private static final int FEW = 20;
    private static final int FAR = 1_000;

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Deletions deletions;
    private final BatchItems items;

    public LedgerReader(DynamoDbClient client, LedgerSettings settings) {
        deletions = new Deletions(client, settings);
        items = new BatchItems(client, settings);
        this.client = client;
        this.settings = settings;
    }

    /** A batch by its id, read consistently, whatever its status. */
    public Optional<BatchRecord> find(String id) {
        // It may be locked, and so be moved, between the first two looks.
        return atItsId(id)
                .or(() -> open(BatchId.feed(id)).stream()
                        .filter(record -> record.batch().id().equals(id))
                        .findFirst())
                .or(() -> atItsId(id));
    }

    private Optional<BatchRecord> atItsId(String id) {
        Map<String, AttributeValue> item = Dynamo.call(
                        "read batch " + id,
                        () -> client.getItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("describe"))
                                .key(Items.batchKey(id))
                                .consistentRead(true)))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(Items.record(item));
    }

    /** Sorts behind the ids of all of a feed's batches. */
    public static String behindAll(String feed) {
        return BatchId.latest(feed, Instant.MAX);
    }

    /** Sorts before the ids of all of a feed's batches that came to be then or later. */
    public static String firstId(String feed, Instant since) {
        return BatchId.earliest(feed, since);
    }

    /** A feed's open batches. */
    public List<BatchRecord> open(String feed) {
        return items.query(
                        "open",
                        Integer.MAX_VALUE,
                        r -> r.consistentRead(true)
                                .keyConditionExpression("#feed = :feed AND begins_with(#batch, :open)")
                                .expressionAttributeNames(Map.of("#feed", "feed", "#batch", "batch"))
                                .expressionAttributeValues(Map.of(":feed", s(feed), ":open", s(Items.OPEN))))
                .map(Items::record)
                .toList();
    }

    /** Batches that fit, newest first, at most {@code limit}. */
    public List<BatchRecord> list(BatchFilter filter, int limit) {
        // A feed has few batches that aren't complete, and the index knows them.
        boolean ofFeed = filter.feed().isPresent() && filter.statuses().contains(BatchStatus.COMPLETE);
        Stream<BatchRecord> found = ofFeed
                ? newestFirst(filter.feed().get(), filter, Math.min(limit, PAGE))
                        .limit(limit)
                : filter.statuses().stream()
                        .flatMap(status -> phases(status).stream())
                        .distinct()
                        .flatMap(phase -> inPhase(phase, filter, limit).stream());
        return found.filter(filter::fits).sorted(NEWEST_FIRST).limit(limit).toList();
    }

    /** A feed's batches that fit, newest first, read in small pages as they are asked for. */
    public Stream<BatchRecord> newestFirst(String feed, BatchFilter filter) {
        return newestFirst(feed, filter, SMALL_PAGE);
    }

    private Stream<BatchRecord> newestFirst(String feed, BatchFilter filter, int pageSize) {
        Stream<BatchRecord> open = filter.statuses().contains(BatchStatus.OPEN)
                ? open(feed).stream().sorted(NEWEST_FIRST)
                : Stream.empty();
        return Stream.concat(open, locked(feed, filter, pageSize)).filter(filter::fits);
    }

    /** A feed's batches apart from the open ones that came to be then or later, newest first, read as they are asked for. */
    public Stream<BatchRecord> lockedSince(String feed, Instant since) {
        return locked(feed, BatchFilter.all().between(since, Instant.MAX), PAGE);
    }

    /** A feed's newest batches apart from the open ones, few, newest first, as in {@link #newest(String, Instant, int)}. */
    public List<Batch> newest(String feed) {
        return newest(feed, Instant.MAX, FEW).stream().map(BatchRecord::batch).toList();
    }

    /** A feed's newest batches that ended complete, few, newest first; empty if none is among the newest {@value #FAR}. */
    public List<Batch> newestComplete(String feed) {
        return locked(feed, BatchFilter.all(), PAGE)
                .limit(FAR)
                .map(BatchRecord::batch)
                .filter(batch -> batch.status() == BatchStatus.COMPLETE)
                .limit(FEW)
                .toList();
    }

    /**
     * A feed's newest batches apart from the open ones, newest first, read with one query.
     *
     * @param before only those that came to be before
     */
    public List<BatchRecord> newest(String feed, Instant before, int limit) {
        BatchFilter filter = BatchFilter.all().between(Instant.EPOCH, before);
        return locked(feed, filter, limit).limit(limit).filter(filter::fits).toList();
    }

    /** What is not loaded, by feed, whether that is configured or not. Costs a few queries, however many batches were loaded. */
    public NotLoaded notLoaded() {
        return new NotLoadedCount(items).count();
    }

    /** Batches that ended {@code complete} then or later, and of which files were quarantined, in no order. Reads all that ended so, some at a time. */
    public List<Batch> quarantinedSince(Instant ended) {
        List<Batch> found = new ArrayList<>();
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        var indexed = items.index(Items.phase(BatchStatus.COMPLETE), ended, Integer.MAX_VALUE)
                .iterator();
        while (indexed.hasNext()) {
            keys.add(BatchItems.key(indexed.next()));
            if (keys.size() == BatchItems.MOST_IN_A_GET || !indexed.hasNext()) {
                items.get(keys).stream()
                        .map(BatchRecord::batch)
                        .filter(batch -> batch.quarantined() > 0)
                        .forEach(found::add);
                keys.clear();
            }
        }
        return found;
    }

    /** How a person has deleted a batch, read consistently; empty if none has. */
    public Optional<Deletion> deleted(String id) {
        return deletions.find(id);
    }

    /** The deletions of a feed's batches that came to be then or later, read as they are asked for. */
    public Stream<Deletion> deleted(String feed, Instant since) {
        return deletions.of(feed, since);
    }

    /** Whether a feed of that name ever had a batch. */
    public boolean hasBatches(String feed) {
        return items.query(
                        "list",
                        1,
                        r -> r.keyConditionExpression("#feed = :feed")
                                .expressionAttributeNames(Map.of("#feed", "feed"))
                                .expressionAttributeValues(Map.of(":feed", s(feed))))
                .findFirst()
                .isPresent();
    }

    /** The feeds that have batches which are open or locked, whether they are configured or not. */
    public Set<String> busyFeeds() {
        return Stream.of(Items.LIVE, Items.HELD)
                .flatMap(phase -> items.index(phase, Instant.EPOCH, PAGE))
                .map(item -> Items.text(item, "feed"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All feeds that have batches, configured or not. */
    public Set<String> feeds() {
        return new FeedsWithBatches(client, settings).all();
    }

    /** Ids are in the order of time, so a feed's batches are. */
    private Stream<BatchRecord> locked(String feed, BatchFilter filter, int pageSize) {
        return items.query(
                        "list",
                        pageSize,
                        r -> r.scanIndexForward(false)
                                .keyConditionExpression("#feed = :feed AND #batch BETWEEN :from AND :to")
                                .expressionAttributeNames(Map.of("#feed", "feed", "#batch", "batch"))
                                .expressionAttributeValues(Map.of(
                                        ":feed", s(feed),
                                        ":from", s(BatchId.earliest(feed, filter.since())),
                                        ":to", s(BatchId.latest(feed, filter.until())))))
                .map(Items::record);
    }

    private List<BatchRecord> inPhase(String phase, BatchFilter filter, int limit) {
        boolean live = phase.equals(Items.LIVE) || phase.equals(Items.HELD);
        List<BatchRecord> found = new ArrayList<>();
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        // A batch ends after it came to be: who ended before `since` came before.
        var indexed = items.index(phase, live ? Instant.EPOCH : filter.since(), PAGE)
                .filter(item -> filter.feed().isEmpty() || filter.feed().get().equals(Items.text(item, "feed")))
                .iterator();
        while (indexed.hasNext() && found.size() < (live ? Integer.MAX_VALUE : limit)) {
            keys.add(BatchItems.key(indexed.next()));
            if (keys.size() == BatchItems.MOST_IN_A_GET || !indexed.hasNext()) {
                items.get(keys).stream().filter(filter::fits).forEach(found::add);
                keys.clear();
            }
        }
        return found;
    }

    private static List<String> phases(BatchStatus status) {
        return status == BatchStatus.LOCKED ? List.of(Items.LIVE, Items.HELD) : List.of(Items.phase(status));
    }
}
