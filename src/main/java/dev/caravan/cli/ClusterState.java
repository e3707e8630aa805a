package dev.caravan.cli;

import dev.caravan.ledger.ClusterHolds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cluster takes loads.
 *
 * @param status {@code up} or {@code held}
 * @param since when the hold began; absent if it is up, as the others
 * @param nextTry when one load tries whether it is back
 * @param reason why it is held, in its own words
 */
record ClusterState(
        String cluster,
        String status,
        @Nullable Instant since,
        @Nullable Instant nextTry,
        @Nullable String reason) {

    /** The clusters of the feeds, and those that are held whatever the feeds name. */
    static List<ClusterState> all(Set<String> ofFeeds, List<ClusterHolds.Hold> holds) {
        Set<String> names = new TreeSet<>(ofFeeds);
        holds.forEach(hold -> names.add(hold.cluster()));
        return names.stream().map(name -> of(name, holds)).toList();
    }

    private static ClusterState of(String name, List<ClusterHolds.Hold> holds) {
        Optional<ClusterHolds.Hold> held =
                holds.stream().filter(hold -> hold.cluster().equals(name)).findFirst();
        return held.map(hold -> new ClusterState(name, "held", hold.since(), hold.until(), hold.reason()))
                .orElseGet(() -> new ClusterState(name, "up", null, null, null));
    }

    List<String> row(Instant now) {
        return List.of(
                cluster,
                status,
                since == null ? "-" : Page.age(since, now),
                nextTry == null ? "-" : nextTry.isAfter(now) ? "in " + Page.age(now, nextTry) : "now",
                reason == null ? "" : reason);
    }
}
