package dev.caravan.ledger.camel;

import dev.caravan.ledger.BatchId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Which of the batches that wait this instance takes up. The feeds of which it has fewest at work come first, and of each feed those that were named
 * first; so a feed that has thousands keeps no other waiting, and one that has nothing at work gets something whatever the others do.
 */
record FairShare(int most, int mostOfAFeed) {

    /**
     * The ids to take up.
     *
     * @param waiting ids, of each feed in the order in which they should go
     * @param atWork how many of each feed are at work here
     */
    List<String> of(Iterable<String> waiting, Map<String, Integer> atWork) {
        Map<String, Queue<String>> byFeed = new LinkedHashMap<>();
        waiting.forEach(id -> byFeed.computeIfAbsent(BatchId.feed(id), feed -> new ArrayDeque<>())
                .add(id));
        Map<String, Integer> counts = new HashMap<>(atWork);
        int free = most - atWork.values().stream().mapToInt(Integer::intValue).sum();
        List<String> taken = new ArrayList<>();
        for (int level = 0; level < mostOfAFeed; level++) {
            for (Map.Entry<String, Queue<String>> feed : byFeed.entrySet()) {
                boolean room = taken.size() < (level == 0 ? most : free);
                if (room
                        && counts.getOrDefault(feed.getKey(), 0) == level
                        && !feed.getValue().isEmpty()) {
                    taken.add(feed.getValue().remove());
                    counts.merge(feed.getKey(), 1, Integer::sum);
                }
            }
        }
        return taken;
    }
}
