package dev.caravan.redshift.admission;

import dev.caravan.ledger.ClusterHolds.Hold;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.WaitingList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How many of the batches that wait in a list this instance may take up, and which of them try a held cluster. */
final class ListShares {
    /** While a feed is paused, the oldest batches that wait for a held cluster may be that feed's, of which none tries the cluster. */
    static final int SOME = 8;

    /** So many probes are made by the oldest batch before others have a try: it may be the batch, not the cluster, that is in trouble. */
    private static final int OLDEST_TRIES = 2;

    private final Room room;

    ListShares(Room room) {
        this.room = room;
    }

    /** How many batches may be taken from a list. */
    int most(String list, Set<String> pausedFeeds, Set<String> held) {
        Optional<String> pausedFeed = FeedPauses.feedWaitedFor(list);
        if (pausedFeed.isPresent()) {
            return pausedFeeds.contains(pausedFeed.get()) ? 0 : Integer.MAX_VALUE;
        }
        Optional<String> feed = WaitingList.feedInTurn(list);
        return WaitingList.clustersOf(list).stream()
                .filter(cluster -> !held.contains(cluster))
                .mapToInt(cluster -> feed.map(name -> room.left(name, cluster)).orElse(Integer.MAX_VALUE))
                .max()
                .orElse(0);
    }

    static List<String> waitingFor(String cluster, List<String> lists) {
        return Stream.concat(
                        Stream.of(cluster),
                        lists.stream()
                                .filter(list -> WaitingList.clustersOf(list).contains(cluster)))
                .distinct()
                .toList();
    }

    static int passedOver(Hold hold) {
        return Math.max(0, hold.failedProbes() - OLDEST_TRIES + 1) % SOME;
    }
}
