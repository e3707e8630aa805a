package dev.caravan.ledger.read;

import static dev.caravan.ledger.dynamo.Items.text;

import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.NotLoaded;
import dev.caravan.ledger.NotLoaded.OfFeed;
import dev.caravan.ledger.dynamo.Items;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Counts by what the index says of each batch, and reads only the open batches and each feed's oldest. */
final class NotLoadedCount {
    /** Of one phase: some pages of the index. */
    private static final int MOST = 20_000;

    private final BatchItems batches;
    private final Map<String, Count> counts = new TreeMap<>();

    NotLoadedCount(BatchItems batches) {
        this.batches = batches;
    }

    private static final class Count {
        private long open;
        private long locked;
        private long held;
        private long errors;
        private Optional<Map<String, AttributeValue>> oldest = Optional.empty();

        /** Ids of a feed are in the order of time. */
        void lookAt(Map<String, AttributeValue> item) {
            if (oldest.filter(seen -> text(seen, "id").compareTo(text(item, "id")) <= 0)
                    .isEmpty()) {
                oldest = Optional.of(item);
            }
        }
    }

    NotLoaded count() {
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        boolean all = each(Items.LIVE, (count, item) -> {
            if (text(item, "status").equals(BatchStatus.OPEN.word())) {
                count.open++;
                keys.add(BatchItems.key(item));
            } else {
                count.locked++;
                count.lookAt(item);
            }
        });
        all &= each(Items.HELD, (count, item) -> {
            count.held++;
            count.lookAt(item);
        });
        all &= each(Items.phase(BatchStatus.ERROR), (count, item) -> count.errors++);
        counts.values().forEach(count -> count.oldest.map(BatchItems::key).ifPresent(keys::add));
        return new NotLoaded(withBatches(batches.all(keys)), all);
    }

    private interface Step {
        void count(Count count, Map<String, AttributeValue> item);
    }

    /** Returns whether that was all of the phase. */
    private boolean each(String phase, Step step) {
        int seen = 0;
        var items = batches.index(phase, Instant.EPOCH, Integer.MAX_VALUE).iterator();
        while (items.hasNext()) {
            Map<String, AttributeValue> item = items.next();
            if (seen++ == MOST) {
                return false;
            }
            step.count(counts.computeIfAbsent(text(item, "feed"), feed -> new Count()), item);
        }
        return true;
    }

    private Map<String, OfFeed> withBatches(List<BatchRecord> read) {
        Map<String, List<BatchRecord>> byFeed = new HashMap<>();
        read.forEach(record -> byFeed.computeIfAbsent(record.batch().feed(), feed -> new ArrayList<>())
                .add(record));
        Map<String, OfFeed> feeds = new TreeMap<>();
        counts.forEach((feed, count) -> {
            List<BatchRecord> batches = byFeed.getOrDefault(feed, List.of());
            Stream<BatchRecord> unended =
                    batches.stream().filter(batch -> batch.ended().isEmpty());
            List<BatchRecord> open = batches.stream()
                    .filter(record -> record.batch().status() == BatchStatus.OPEN)
                    .toList();
            long lockedMeanwhile = count.open - open.size();
            feeds.put(
                    feed,
                    new OfFeed(
                            open,
                            count.locked + lockedMeanwhile,
                            count.held,
                            count.errors,
                            unended.min(Comparator.comparing(
                                    record -> record.batch().first()))));
        });
        return feeds;
    }
}
