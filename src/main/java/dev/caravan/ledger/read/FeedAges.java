package dev.caravan.ledger.read;

import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.Items;
import dev.caravan.ledger.dynamo.LedgerTables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How up to date the feeds are, for whoever watches them. Each look after the first reads only what has ended since. Eventually consistent; for one
 * thread. Failures are as in {@link LedgerReader}.
 */
public final class FeedAges {
    /** Of a cluster that was away for days there may be any number of batches waiting, in the order of time. */
    private static final int MOST_WAITING = 10_000;

    private static final int PAGE = 1_000;
    private static final int KEYS_IN_A_GET = 100;

    /** An index may lag behind its table. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private final LedgerReader reader;
    private final BatchItems batches;
    private final Clock clock;
    private final Map<String, Instant> newest = new HashMap<>();
    private Instant lastLook = Instant.MAX;

    public FeedAges(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.reader = new LedgerReader(client, settings);
        batches = new BatchItems(client, settings);
        this.clock = clock;
    }

    /** Looks again at these feeds. */
    public Ages look(Collection<String> feeds) {
        Instant now = clock.instant();
        if (lastLook.isBefore(now)) {
            completeSince(lastLook.minus(OVERLAP)).forEach(this::note);
        }
        feeds.stream().filter(feed -> !newest.containsKey(feed)).forEach(feed -> {
            List<BatchRecord> last = reader.list(BatchFilter.all().of(feed).with(Set.of(BatchStatus.COMPLETE)), 1);
            newest.put(feed, Instant.MIN);
            last.forEach(this::note);
        });
        Map<String, Instant> loaded = new TreeMap<>();
        feeds.forEach(feed -> loaded.put(feed, newest.getOrDefault(feed, Instant.MIN)));
        loaded.values().removeIf(Instant.MIN::equals);
        Ages ages = new Ages(loaded, waiting());
        lastLook = now;
        return ages;
    }

    private void note(BatchRecord record) {
        record.batch()
                .locked()
                .ifPresent(locked -> newest.merge(record.batch().feed(), locked, (a, b) -> a.isAfter(b) ? a : b));
    }

    private List<BatchRecord> completeSince(Instant ended) {
        List<Map<String, AttributeValue>> keys = phase(Items.phase(BatchStatus.COMPLETE), time(ended))
                .map(item -> Map.of("feed", s(Items.text(item, "feed")), "batch", s(Items.text(item, "batch"))))
                .toList();
        List<BatchRecord> records = new ArrayList<>();
        for (int i = 0; i < keys.size(); i += KEYS_IN_A_GET) {
            records.addAll(batches.get(keys.subList(i, Math.min(i + KEYS_IN_A_GET, keys.size()))));
        }
        return records;
    }

    private Map<String, Instant> waiting() {
        Map<String, Instant> oldest = new TreeMap<>();
        Stream.of(Items.LIVE, Items.HELD)
                .flatMap(phase -> phase(phase, s(" ")).limit(MOST_WAITING))
                .forEach(item -> BatchId.time(Items.text(item, "id"))
                        .ifPresent(first ->
                                oldest.merge(Items.text(item, "feed"), first, (a, b) -> a.isBefore(b) ? a : b)));
        return oldest;
    }

    private Stream<Map<String, AttributeValue>> phase(String phase, AttributeValue from) {
        return batches.query(
                "ages",
                PAGE,
                r -> r.indexName(LedgerTables.BY_PHASE)
                        .keyConditionExpression("#phase = :phase AND #time >= :from")
                        .expressionAttributeNames(Map.of("#phase", "phase", "#time", "time"))
                        .expressionAttributeValues(Map.of(":phase", s(phase), ":from", from)));
    }

    /**
     * What the ledger knew at one moment.
     *
     * @param loaded for each feed that has loaded anything, when its newest loaded batch was locked: its files had arrived by then
     * @param waiting for each feed that has files waiting, when the first of them was recorded; of the first {@value #MOST_WAITING} batches
     */
    public record Ages(Map<String, Instant> loaded, Map<String, Instant> waiting) {
        /** Nothing is known yet. */
        public static final Ages NONE = new Ages(Map.of(), Map.of());
    }
}
