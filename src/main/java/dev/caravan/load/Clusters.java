package dev.caravan.load;

import dev.caravan.feed.Quantity;
import dev.caravan.ledger.Backlog;
import dev.caravan.ledger.ClusterHolds;
import dev.caravan.ledger.ClusterHolds.Hold;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which clusters take loads now. A cluster that refuses everything is held, for all instances: its loads wait in the ledger, and one at a
 * time tries whether it is back. What this class remembers is a view of the ledger's holds, seconds old at most; who acts on it when it is
 * stale makes one futile attempt.
 */
public final class Clusters implements Backlog {
    private static final Logger LOG = LoggerFactory.getLogger(Clusters.class);

    /** How often holds are read while there are none, and waiting batches looked for where none are known. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    private final ClusterHolds holds;
    private final Supplier<Collection<String>> names;
    private final Function<Instant, Optional<Instant>> windows;
    private final Clock clock;
    private final Map<String, Hold> held = new ConcurrentHashMap<>();
    /** When to look for batches that wait for a cluster; clusters with a backlog are looked at every time. */
    private final Map<String, Instant> looks = new ConcurrentHashMap<>();

    private Instant nextRead = Instant.MIN;

    /**
     * @param names the clusters of all feeds
     * @param windows the end of the planned window that covers a time, in which nothing is loaded; empty if none does
     */
    public Clusters(
            ClusterHolds holds,
            Supplier<Collection<String>> names,
            Function<Instant, Optional<Instant>> windows,
            Clock clock) {
        this.holds = holds;
        this.names = names;
        this.windows = windows;
        this.clock = clock;
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

    /** Why a cluster takes no loads now; empty if it does. */
    public Optional<String> closed(String cluster) {
        Optional<Instant> window = windows.apply(clock.instant());
        if (window.isPresent()) {
            return Optional.of("nothing is loaded until " + window.get() + " (caravan.no-load-windows)");
        }
        return Optional.ofNullable(held.get(cluster))
                .map(hold -> "cluster " + cluster + " is held since " + hold.since() + ": " + hold.reason());
    }

    /** A batch's load found that its cluster takes none. */
    public void hold(String cluster, String reason, String batch) {
        if (holds.holdCluster(cluster, reason, batch)) {
            LOG.warn(
                    "Cluster {} is held: {}. Its loads wait, and one at a time tries whether it is back",
                    cluster,
                    reason);
        }
        read();
    }

    /** A batch's load found that its cluster works. */
    public void works(String cluster, String batch) {
        if (held.containsKey(cluster)) {
            holds.releaseCluster(cluster, batch)
                    .ifPresent(hold -> LOG.info(
                            "Cluster {} takes loads again after {}; what has waited for it is loaded now, oldest first",
                            cluster,
                            Quantity.inWords(Duration.between(hold.since(), clock.instant()))));
            read();
        }
    }

    /** The clusters that may have batches waiting, with how many of them may be taken up now. */
    @Override
    public Map<String, Integer> takeable(int capacity) {
        Instant now = clock.instant();
        if (!held.isEmpty() || !nextRead.isAfter(now)) {
            read();
        }
        Map<String, Integer> takeable = new ConcurrentHashMap<>();
        if (windows.apply(now).isPresent()) {
            looks.clear();
            return takeable;
        }
        for (String cluster : names.get()) {
            Hold hold = held.get(cluster);
            if (hold != null && !hold.until().isAfter(now)) {
                takeable.put(cluster, 1);
            } else if (hold == null && !looks.getOrDefault(cluster, Instant.MIN).isAfter(now)) {
                takeable.put(cluster, capacity);
            }
        }
        return takeable;
    }

    @Override
    public void nothingWaits(String cluster) {
        looks.put(cluster, clock.instant().plus(LOOK));
    }

    private synchronized void read() {
        List<Hold> now = holds.all();
        nextRead = clock.instant().plus(LOOK);
        held.keySet().removeIf(cluster -> {
            boolean over = now.stream().noneMatch(hold -> hold.cluster().equals(cluster));
            if (over) {
                looks.put(cluster, Instant.MIN);
            }
            return over;
        });
        now.forEach(hold -> held.put(hold.cluster(), hold));
    }
}
