package dev.caravan.redshift.admission;

import dev.caravan.batch.Batch;
import dev.caravan.ledger.Backlog;
import dev.caravan.ledger.ClusterHolds;
import dev.caravan.ledger.ClusterHolds.Hold;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.WaitingList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which clusters take loads now, and which feeds are paused. A cluster that refuses everything is held, for all instances: its loads wait in
 * the ledger, and one at a time tries whether it is back. What this class remembers is a view of the ledger's holds and pauses, seconds old at
 * most; who acts on it when it is stale makes one futile attempt.
 */
public final class Clusters implements Backlog {
    /** How often holds and pauses are read while there are none, and waiting batches looked for where none are known. */
    static final Duration LOOK = Duration.ofSeconds(15);

    private static final int REMEMBERED = 1_000;

    private final Room room;
    private final ListShares shares;
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
    private final Map<String, String> probes = new ConcurrentHashMap<>();
    private final HoldLog log = new HoldLog();
    private final Set<String> backlog = ConcurrentHashMap.newKeySet();
    private Optional<HoldListener> listener = Optional.empty();
    private volatile Instant nextLook = Instant.MIN;
    private volatile Instant nextRead = Instant.MIN;

    /**
     * @param room for what waits in this instance
     * @param waitedFor the lists in which batches wait, asked of the ledger
     * @param windows the end of the planned window that covers a time, in which nothing is loaded; empty if none does
     */
    public Clusters(
            Room room,
            ClusterHolds holds,
            FeedPauses pauses,
            Supplier<? extends Collection<String>> waitedFor,
            Function<Instant, Optional<Instant>> windows,
            Clock clock) {
        this.room = room;
        shares = new ListShares(room);
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
        boolean probing = holds.probeCluster(hold, batch);
        if (probing) {
            probes.put(cluster, batch);
        }
        read();
        return probing || !held.containsKey(cluster);
    }

    /** Whether a batch that was admitted, and has waited for its turn since, is still to be loaded into a cluster. */
    public boolean stillAdmits(String cluster, Batch batch) {
        return windows.apply(clock.instant()).isEmpty()
                && paused(batch.feed()).isEmpty()
                && (!held.containsKey(cluster) || batch.id().equals(probes.get(cluster)));
    }

    /**
     * Whether a batch may wait in this instance for its turn in a cluster. One that is locked for the first time goes behind those of its feed that
     * found no room before.
     */
    public boolean hasRoom(String cluster, Batch batch) {
        return room.left(batch.feed(), cluster) > 0
                && (batch.attempt() > 1 || backlog.stream().noneMatch(list -> isTurn(list, batch.feed(), cluster)));
    }

    private static boolean isTurn(String list, String feed, String cluster) {
        return WaitingList.feedInTurn(list).filter(feed::equals).isPresent()
                && WaitingList.clustersOf(list).contains(cluster);
    }

    /** A batch of this instance is about to wait in a list. */
    public void waitsIn(String list) {
        backlog.add(list);
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
        return Optional.ofNullable(held.get(cluster)).map(Hold::inWords);
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
        hold(cluster, reason, batch, false);
    }

    /**
     * A batch's load found that its cluster doesn't let this instance in. Others may have another secret: they go on, and take what waits for it. If it was
     * to try whether a cluster that is held for all is back, it has found out nothing.
     */
    public void refused(String cluster, String reason, String batch) {
        Hold ofAll = held.get(cluster);
        if (ofAll != null && !ofAll.hereOnly() && batch.equals(probes.get(cluster))) {
            boolean unused = holds.holdCluster(cluster, ofAll.reason(), batch);
        }
        hold(cluster, reason, batch, true);
    }

    private void hold(String cluster, String reason, String batch, boolean hereOnly) {
        Instant now = clock.instant();
        Instant before = accusers.put(batch, now);
        if (before != null && worked.getOrDefault(cluster, Instant.MIN).isAfter(before) && !held.containsKey(cluster)) {
            log.notAgain(cluster, batch);
            return;
        }
        boolean begins =
                log.begins(cluster, reason, hereOnly, () -> holds.holdCluster(cluster, reason, batch, hereOnly));
        read();
        if (begins) {
            listener.flatMap(who -> held(cluster).map(hold -> (Runnable) () -> who.held(hold)))
                    .ifPresent(Runnable::run);
        }
    }

    /** A batch's load found that its cluster works. */
    public void works(String cluster, String batch) {
        accusers.remove(batch);
        worked.put(cluster, clock.instant());
        if (held.containsKey(cluster)) {
            log.releasing(cluster, () -> {
                holds.releaseCluster(cluster, batch).ifPresent(hold -> {
                    Instant now = clock.instant();
                    log.released(hold, now);
                    listener.ifPresent(who -> who.recovered(hold, now));
                });
                read();
            });
        }
    }

    @Override
    public List<Takeable> takeable() {
        Instant now = clock.instant();
        paused.ended().forEach(feed -> backlog.add(FeedPauses.waitedFor(feed)));
        if (!held.isEmpty() || !nextRead.isAfter(now)) {
            read();
        }
        if (windows.apply(now).isPresent()) {
            nextLook = now;
            return List.of();
        }
        if (!nextLook.isAfter(now)) {
            backlog.addAll(waitedFor.get());
            nextLook = now.plus(LOOK);
        }
        Set<String> pausedFeeds = paused.names();
        List<Takeable> takeable = new ArrayList<>();
        List<String> lists = backlog.stream().sorted().toList();
        for (String list : lists) {
            int most = shares.most(list, pausedFeeds, held.keySet());
            if (most > 0) {
                takeable.add(new Takeable(List.of(list), most, false, 0));
            }
        }
        held.forEach((cluster, hold) -> {
            if (!hold.until().isAfter(now)) {
                takeable.add(new Takeable(
                        ListShares.waitingFor(cluster, lists),
                        pausedFeeds.isEmpty() ? 1 : ListShares.SOME,
                        true,
                        ListShares.passedOver(hold)));
            }
        });
        return takeable;
    }

    @Override
    public void nothingWaits(String list) {
        backlog.remove(list);
    }

    @Override
    public int queued(String feed) {
        return room.taken(feed);
    }

    private synchronized void read() {
        List<Hold> now = holds.here();
        nextRead = clock.instant().plus(LOOK);
        held.keySet().removeIf(cluster -> {
            boolean over = now.stream().noneMatch(hold -> hold.cluster().equals(cluster));
            if (over) {
                log.over(cluster);
                probes.remove(cluster);
                backlog.add(cluster);
                nextLook = Instant.MIN;
            }
            return over;
        });
        Map<String, Hold> each = new HashMap<>();
        now.forEach(hold -> each.merge(hold.cluster(), hold, (one, other) -> one.hereOnly() ? other : one));
        each.forEach((cluster, hold) -> {
            held.put(cluster, hold);
            log.known(hold);
        });
    }
}
