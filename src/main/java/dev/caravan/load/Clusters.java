package dev.caravan.load;

import dev.caravan.feed.Quantity;
import dev.caravan.ledger.Backlog;
import dev.caravan.ledger.ClusterHolds;
import dev.caravan.ledger.ClusterHolds.Hold;
import dev.caravan.ledger.FeedPauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which clusters take loads now, and which feeds are paused. A cluster that refuses everything is held, for all instances: its loads wait in
 * the ledger, and one at a time tries whether it is back. What this class remembers is a view of the ledger's holds and pauses, seconds old at
 * most; who acts on it when it is stale makes one futile attempt.
 */
public final class Clusters implements Backlog {
    private static final Logger LOG = LoggerFactory.getLogger(Clusters.class);

    /** How often holds and pauses are read while there are none, and waiting batches looked for where none are known. */
    static final Duration LOOK = Duration.ofSeconds(15);

    /** While a feed is paused, the oldest batches that wait for a held cluster may be that feed's, of which none tries the cluster. */
    private static final int SOME = 8;

    /** So many probes are made by the oldest batch before others have a try: it may be the batch, not the cluster, that is in trouble. */
    private static final int OLDEST_TRIES = 2;

    private static final int REMEMBERED = 1_000;

    private final ClusterHolds holds;
    private final PausedFeeds paused;
    private final Supplier<? extends Collection<String>> waitedFor;
    private final Function<Instant, Optional<Instant>> windows;
    private final Clock clock;
    private final Map<String, Hold> held = new ConcurrentHashMap<>();
    private final Map<String, Instant> accusers = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    });
    private final Map<String, Instant> worked = new ConcurrentHashMap<>();
    private final Set<String> backlog = ConcurrentHashMap.newKeySet();
    private Optional<HoldListener> listener = Optional.empty();
    private volatile Instant nextLook = Instant.MIN;
    private volatile Instant nextRead = Instant.MIN;

    /**
     * @param waitedFor the clusters, and paused feeds, for which batches wait, asked of the ledger
     * @param windows the end of the planned window that covers a time, in which nothing is loaded; empty if none does
     */
    public Clusters(
            ClusterHolds holds,
            FeedPauses pauses,
            Supplier<? extends Collection<String>> waitedFor,
            Function<Instant, Optional<Instant>> windows,
            Clock clock) {
        this.holds = holds;
        this.paused = new PausedFeeds(pauses, clock);
        this.waitedFor = waitedFor;
        this.windows = windows;
        this.clock = clock;
    }

    /** Has holds told that this instance begins or ends; before the start. */
    public void onHold(HoldListener who) {
        listener = Optional.of(who);
    }

    /** Whether a batch may be loaded into a cluster now; of those for a held cluster, one at a time may try. */
    public boolean admit(String cluster, String batch) {
        if (windows.apply(clock.instant()).isPresent()) {
            return false;
        }
        Hold hold = held.get(cluster);
        if (hold == null) {
            return true;
        }
        if (hold.until().isAfter(clock.instant())) {
            return false;
        }
        boolean probes = holds.probeCluster(cluster, batch);
        read();
        return probes || !held.containsKey(cluster);
    }

    /** Why nothing of a feed is loaded now, whatever its clusters; empty if it isn't paused. */
    public Optional<String> paused(String feed) {
        return paused.reason(feed);
    }

    /** Why a cluster takes no loads now; empty if it does. */
    public Optional<String> closed(String cluster) {
        Optional<Instant> window = windows.apply(clock.instant());
        if (window.isPresent()) {
            return Optional.of("nothing is loaded until " + window.get() + " (caravan.no-load-windows)");
        }
        return Optional.ofNullable(held.get(cluster))
                .map(hold -> "cluster " + cluster + " is held since " + hold.since() + ": " + hold.reason());
    }

    /** A cluster's hold, as it was known seconds ago; empty if it takes loads. */
    public Optional<Hold> held(String cluster) {
        return Optional.ofNullable(held.get(cluster));
    }

    /**
     * A batch's load found that its cluster takes none. One that has said so before, while others were loaded, is not believed: then it is the batch
     * that is in trouble, and it waits alone.
     */
    public void hold(String cluster, String reason, String batch) {
        Instant now = clock.instant();
        Instant before = accusers.put(batch, now);
        if (before != null && worked.getOrDefault(cluster, Instant.MIN).isAfter(before) && !held.containsKey(cluster)) {
            LOG.warn("Cluster {} is not held again because of batch {}: others are loaded", cluster, batch);
            return;
        }
        if (holds.holdCluster(cluster, reason, batch)) {
            LOG.warn(
                    "Cluster {} is held: {}. Its loads wait, and one at a time tries whether it is back",
                    cluster,
                    reason);
            listener.ifPresent(who -> who.held(new Hold(cluster, now, now, reason)));
        }
        read();
    }

    /** A batch's load found that its cluster works. */
    public void works(String cluster, String batch) {
        accusers.remove(batch);
        worked.put(cluster, clock.instant());
        if (held.containsKey(cluster)) {
            holds.releaseCluster(cluster, batch).ifPresent(hold -> {
                Instant now = clock.instant();
                LOG.info(
                        "Cluster {} takes loads again after {}; what has waited for it is loaded now, oldest first",
                        cluster,
                        Quantity.inWords(Duration.between(hold.since(), now)));
                listener.ifPresent(who -> who.recovered(hold, now));
            });
            read();
        }
    }

    /** The clusters, and resumed feeds, that may have batches waiting, with how many of them may be taken up now. */
    @Override
    public Map<String, Integer> takeable(int capacity) {
        Instant now = clock.instant();
        paused.ended().forEach(feed -> backlog.add(FeedPauses.waitedFor(feed)));
        if (!held.isEmpty() || !nextRead.isAfter(now)) {
            read();
        }
        if (windows.apply(now).isPresent()) {
            nextLook = now;
            return Map.of();
        }
        if (!nextLook.isAfter(now)) {
            backlog.addAll(waitedFor.get());
            nextLook = now.plus(LOOK);
        }
        Map<String, Integer> takeable = new TreeMap<>();
        Set<String> pausedFeeds = paused.names();
        backlog.forEach(cluster -> takeable.put(cluster, capacity));
        held.forEach((cluster, hold) -> {
            if (hold.until().isAfter(now)) {
                takeable.remove(cluster);
            } else {
                takeable.put(cluster, pausedFeeds.isEmpty() ? 1 : Math.min(capacity, SOME));
            }
        });
        pausedFeeds.forEach(feed -> takeable.remove(FeedPauses.waitedFor(feed)));
        return takeable;
    }

    @Override
    public int passedOver(String cluster) {
        Hold hold = held.get(cluster);
        return hold == null ? 0 : Math.max(0, hold.failedProbes() - OLDEST_TRIES + 1) % SOME;
    }

    @Override
    public void nothingWaits(String cluster) {
        backlog.remove(cluster);
    }

    private synchronized void read() {
        List<Hold> now = holds.all();
        nextRead = clock.instant().plus(LOOK);
        held.keySet().removeIf(cluster -> {
            boolean over = now.stream().noneMatch(hold -> hold.cluster().equals(cluster));
            if (over) {
                backlog.add(cluster);
            }
            return over;
        });
        now.forEach(hold -> held.put(hold.cluster(), hold));
    }
}
