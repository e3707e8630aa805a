package dev.caravan.cli.status;

import dev.caravan.cli.shell.Page;
import dev.caravan.ledger.ClusterHolds;
import dev.caravan.ledger.ClusterHolds.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cluster takes loads.
 *
 * @param status {@code up} or {@code held}
 * @param since when the hold began; absent if it is up, as the others
 * @param nextTry when one load tries whether it is back
 * @param reason why it is held, in its own words
 * @param instance who found it so
 * @param refused instances that run, and that it doesn't let in
 */
record ClusterState(
        String cluster,
        String status,
        @Nullable Instant since,
        @Nullable Instant nextTry,
        @Nullable String reason,
        @Nullable String instance,
        List<Refused> refused) {

    /** An instance that isn't let in; {@code reason} in the cluster's words. */
    record Refused(String instance, Instant since, String reason) {}

    /**
     * The clusters of the feeds, and those that are held whatever the feeds name.
     *
     * @param running the names of the instances that run
     */
    static List<ClusterState> all(Set<String> ofFeeds, List<Hold> holds, Set<String> running) {
        List<Hold> current = holds.stream()
                .filter(hold -> !hold.hereOnly() || running.contains(hold.instance()))
                .toList();
        Set<String> names = new TreeSet<>(ofFeeds);
        current.forEach(hold -> names.add(hold.cluster()));
        List<Hold> ofAll = ClusterHolds.ofEverybody(current, running);
        return names.stream().map(name -> of(name, current, ofAll)).toList();
    }

    private static ClusterState of(String name, List<Hold> current, List<Hold> ofAll) {
        List<Refused> refused = current.stream()
                .filter(hold -> hold.hereOnly() && hold.cluster().equals(name))
                .map(hold -> new Refused(hold.instance(), hold.since(), hold.reason()))
                .toList();
        Optional<Hold> held =
                ofAll.stream().filter(hold -> hold.cluster().equals(name)).findFirst();
        return held.map(hold -> new ClusterState(
                        name,
                        "held",
                        hold.since(),
                        hold.until(),
                        hold.reason(),
                        hold.instance().isEmpty() ? null : hold.instance(),
                        refused))
                .orElseGet(() -> new ClusterState(name, "up", null, null, null, null, refused));
    }

    List<String> row(Instant now) {
        return List.of(
                cluster,
                status,
                since == null ? "-" : Page.age(since, now),
                nextTry == null ? "-" : nextTry.isAfter(now) ? "in " + Page.age(now, nextTry) : "now",
                why(now));
    }

    private String why(Instant now) {
        Stream<String> held = reason == null
                ? Stream.empty()
                : Stream.of(reason + (instance == null ? "" : " (found by instance " + instance + ")"));
        Stream<String> others = refused.stream()
                .filter(one -> !one.instance().equals(instance) || !one.reason().equals(reason))
                .map(one -> "doesn't let instance " + one.instance() + " in for " + Page.age(one.since(), now) + ": "
                        + one.reason());
        return Stream.concat(held, others).collect(Collectors.joining("; "));
    }
}
