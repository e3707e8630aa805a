package dev.caravan.redshift.admission;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many batches of each feed wait in this instance for their turn in each cluster, and how many may. Each of them has a lease that has to be renewed;
 * what finds no room waits in the ledger, where it has none. Safe for many threads.
 */
public final class Room {
    private final int most;
    private final Map<Place, Integer> waiting = new ConcurrentHashMap<>();

    private record Place(String feed, String cluster) {}

    /** @param most of one feed that wait for one cluster */
    public Room(int most) {
        this.most = most;
    }

    /** A batch begins to wait. */
    public void enter(String feed, String cluster) {
        waiting.merge(new Place(feed, cluster), 1, Integer::sum);
    }

    /** A batch waits no more. */
    public void leave(String feed, String cluster) {
        waiting.computeIfPresent(new Place(feed, cluster), (place, count) -> count == 1 ? null : count - 1);
    }

    /** How many more may wait. */
    int left(String feed, String cluster) {
        return Math.max(0, most - waiting.getOrDefault(new Place(feed, cluster), 0));
    }

    /** How many of a feed wait. */
    public int taken(String feed) {
        return waiting.entrySet().stream()
                .filter(count -> count.getKey().feed().equals(feed))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
