package dev.caravan.cli.feeds;

import dev.caravan.feed.Feed;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.NotLoaded;
import dev.caravan.startup.Installation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All feeds as they stand now: those that are configured, and those that still have batches. Asked of the ledger with a few queries, however many there are. */
public final class FeedsNow {
    private final Map<String, Feed> configured = new TreeMap<>();
    private final NotLoaded notLoaded;
    private final List<FeedPauses.Pause> pauses;
    private final Instant now;

    public FeedsNow(Installation installation, Instant now) {
        this.now = now;
        installation.feeds().all().forEach(feed -> configured.put(feed.name(), feed));
        notLoaded = installation.reader().notLoaded();
        pauses = installation.pauses().all();
    }

    public List<FeedState> all() {
        return withFormer(Set.of());
    }

    /** With those that have nothing but batches that were loaded. */
    List<FeedState> withFormer(Set<String> former) {
        Set<String> names = new TreeSet<>(former);
        names.addAll(configured.keySet());
        names.addAll(notLoaded.feeds().keySet());
        return names.stream().map(this::state).toList();
    }

    FeedState state(String name) {
        return FeedState.of(
                name, configured.containsKey(name), notLoaded.of(name), FeedState.Paused.of(name, pauses), now);
    }

    Optional<Feed> configured(String name) {
        return Optional.ofNullable(configured.get(name));
    }

    /** Names of the clusters into which the feeds load. */
    public Set<String> clusters() {
        Set<String> clusters = new TreeSet<>();
        configured.values().forEach(feed -> clusters.addAll(feed.clusters()));
        return clusters;
    }

    /** What a person should know of the numbers; empty if there is nothing to say. */
    public String caveat() {
        return notLoaded.counted()
                ? ""
                : "There are more batches than were counted: LAG, LOCKED, HELD and ERROR are at least as shown";
    }
}
