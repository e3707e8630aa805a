package dev.caravan.ledger.read;

import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.ClusterHolds;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.WaitingList;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What batches wait for, as it stands now: the reason that a batch carries was written when it began to wait.
 *
 * @param held the holds of clusters into which nobody loads, by their names
 * @param paused names of feeds
 * @param window when the planned time without loads ends that is on; empty if none is
 */
public record Waits(Map<String, ClusterHolds.Hold> held, Set<String> paused, Optional<Instant> window) {
    public static final Waits NONE = new Waits(Map.of(), Set.of(), Optional.empty());

    /** Asks only if there is something to say of one of these batches. */
    public static Waits of(
            Collection<BatchRecord> records,
            Supplier<List<ClusterHolds.Hold>> holds,
            FeedPauses pauses,
            Optional<Instant> window) {
        if (records.stream().noneMatch(record -> record.heldFor().isPresent())) {
            return NONE;
        }
        return new Waits(
                holds.get().stream().collect(Collectors.toMap(ClusterHolds.Hold::cluster, Function.identity())),
                pauses.all().stream().map(FeedPauses.Pause::feed).collect(Collectors.toSet()),
                window);
    }

    /**
     * What a batch waits for that stands in a list, and since when or why.
     *
     * @param reason what it said when it began to wait
     */
    String inWords(String list, String reason) {
        Optional<String> feed = FeedPauses.feedWaitedFor(list);
        if (feed.isPresent()) {
            return paused.contains(feed.get())
                    ? "waits: " + reason
                    : "feed " + feed.get() + " is paused no more: it is loaded next";
        }
        String waits = "waits for " + WaitingList.inWords(list) + ": ";
        if (window.isPresent()) {
            return waits + "nothing is loaded until " + window.get().truncatedTo(ChronoUnit.SECONDS)
                    + " (caravan.no-load-windows)";
        }
        if (WaitingList.feedInTurn(list).isPresent()) {
            return waits + reason;
        }
        List<String> clusters = WaitingList.clustersOf(list);
        String open =
                clusters.stream().filter(cluster -> !held.containsKey(cluster)).collect(Collectors.joining(", "));
        return open.isEmpty()
                ? waits
                        + clusters.stream()
                                .flatMap(cluster -> Optional.ofNullable(held.get(cluster)).stream())
                                .map(ClusterHolds.Hold::inWords)
                                .collect(Collectors.joining("; "))
                : "cluster " + open + " takes loads again: it is loaded next";
    }
}
