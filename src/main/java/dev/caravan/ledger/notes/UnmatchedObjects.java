package dev.caravan.ledger.notes;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.dynamo.Dynamo;
import dev.caravan.ledger.dynamo.Items;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * How many objects came that no feed wants, by bucket; one whose event comes again, to whichever instance, is counted once. Counted in memory, and written with the next sign of life ({@link Presence}): a bucket may have any
 * number of them. Kept as items of the batches table, in a partition that no feed can have. Failures are a {@link LedgerUnavailable}. Safe for use by many threads.
 */
public final class UnmatchedObjects {
    /** Who writes events names buckets: others are counted together. */
    private static final int MOST_BUCKETS = 100;

    private static final String OTHERS = "(others)";
    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final String PARTITION = "#unmatched";
    private static final String SEEN = "seen";

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;
    private final Map<String, Counted> counted = new HashMap<>();

    public UnmatchedObjects(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    private record Counted(Distinct objects, String last) {}

    /**
     * What no feed wants of a bucket.
     *
     * @param objects how many, those apart that came when an instance died; about, if they aren't few
     * @param exact whether that is the number itself
     * @param since when the first came
     * @param last the newest one's URL
     * @param at when that came; a week later all is forgotten
     */
    public record Unmatched(String bucket, long objects, boolean exact, Instant since, String last, Instant at) {}

    /** No feed wants an object. Returns the name under which it is counted: its bucket's, unless there are too many. */
    public synchronized String count(String bucket, String key) {
        String name = counted.containsKey(bucket) || counted.size() < MOST_BUCKETS ? bucket : OTHERS;
        String url = "s3://" + bucket + "/" + key;
        Distinct objects = counted.containsKey(name) ? counted.get(name).objects() : new Distinct();
        objects.add(url);
        counted.put(name, new Counted(objects, url));
        return name;
    }

    /** Writes what was counted since. What can't be written is written the next time. */
    void write() {
        for (String bucket : buckets()) {
            Counted count = take(bucket);
            if (!count.objects().isEmpty()) {
                try {
                    write(bucket, count);
                } catch (RuntimeException e) {
                    giveBack(bucket, count);
                    throw e;
                }
            }
        }
    }

    private synchronized List<String> buckets() {
        return List.copyOf(counted.keySet());
    }

    private synchronized Counted take(String bucket) {
        Counted taken = Objects.requireNonNull(counted.get(bucket));
        counted.put(bucket, new Counted(new Distinct(), taken.last()));
        return taken;
    }

    private synchronized void giveBack(String bucket, Counted count) {
        counted.merge(bucket, count, (now, before) -> {
            now.objects().addAll(before.objects());
            return now;
        });
    }

    /** Adds to what all have written. If another instance does so at the same time, it is left for the next time. */
    private void write(String bucket, Counted count) {
        Instant now = clock.instant();
        Map<String, AttributeValue> before = Dynamo.call(
                        "read which objects no feed wants",
                        () -> client.getItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("unmatched"))
                                .key(key(bucket))
                                .consistentRead(true)))
                .item();
        boolean there = before.containsKey(SEEN);
        boolean counts = there && Items.instant(before, "at").isAfter(now.minus(REMEMBERED));
        Distinct all = counts ? seen(before) : new Distinct();
        all.addAll(count.objects());
        Map<String, AttributeValue> item = new HashMap<>(key(bucket));
        item.put("since", counts ? Items.attribute(before, "since") : time(now));
        item.put("last", s(count.last()));
        item.put("at", time(now));
        item.put(Items.EXPIRES, n(now.plus(REMEMBERED).getEpochSecond()));
        item.put(SEEN, b(all));
        try {
            Dynamo.put(
                    client,
                    "unmatched",
                    "count objects that no feed wants",
                    r -> r.tableName(settings.batches())
                            .item(item)
                            .conditionExpression(there ? "#seen = :seen" : "attribute_not_exists(#seen)")
                            .expressionAttributeNames(Map.of("#seen", SEEN))
                            .expressionAttributeValues(there ? Map.of(":seen", Items.attribute(before, SEEN)) : null));
        } catch (ConditionalCheckFailedException e) {
            giveBack(bucket, count);
        }
    }

    private static Map<String, AttributeValue> key(String bucket) {
        return Map.of("feed", s(PARTITION), "batch", s(bucket));
    }

    private static Distinct seen(Map<String, AttributeValue> item) {
        return Distinct.of(Items.attribute(item, SEEN).b().asByteArray());
    }

    private static AttributeValue b(Distinct objects) {
        return AttributeValue.fromB(SdkBytes.fromByteArray(objects.bytes()));
    }

    /** What was written in the last week, in the order of the buckets' names. */
    public List<Unmatched> all() {
        Instant remembered = clock.instant().minus(REMEMBERED);
        return Dynamo.call(
                "read which objects no feed wants",
                () -> client.queryPaginator(Dynamo.partition(settings, "unmatched", PARTITION)).items().stream()
                        .filter(item -> item.containsKey(SEEN))
                        .map(UnmatchedObjects::unmatched)
                        .filter(unmatched -> unmatched.at().isAfter(remembered))
                        .toList());
    }

    private static Unmatched unmatched(Map<String, AttributeValue> item) {
        Distinct objects = seen(item);
        return new Unmatched(
                Items.text(item, "batch"),
                objects.count(),
                objects.isExact(),
                Items.instant(item, "since"),
                Items.text(item, "last"),
                Items.instant(item, "at"));
    }
}
