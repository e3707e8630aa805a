package dev.caravan.ledger.camel;

import dev.caravan.base.OutOfMemory;
import dev.caravan.base.Troubles;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchKey;
import dev.caravan.batch.BatchLimits;
import dev.caravan.ledger.Backlog;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.KnownFiles;
import dev.caravan.ledger.Ledger;
import dev.caravan.work.Leases;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which batches want somebody, and how this instance takes one of them up. */
final class TakeUps {
    static final String FORCE = "force";
    static final String TIMEOUT = "timeout";

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbAggregationRepository.class);

    /** Batches that this instance takes over while it works on others, and those of one feed; the rest is left for later, or for other instances. */
    private static final FairShare SHARE = new FairShare(32, 16);

    private final Ledger ledger;
    private final Leases leases;
    private final Backlog backlog;
    private final Troubles troubles;
    private final Clock clock;
    private final Function<String, OpenBatchWriter> writers;
    private final Map<String, Ledger.Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, String> heldFor = new ConcurrentHashMap<>();

    TakeUps(
            Ledger ledger,
            Leases leases,
            Backlog backlog,
            Troubles troubles,
            Clock clock,
            Function<String, OpenBatchWriter> writers) {
        this.ledger = ledger;
        this.leases = leases;
        this.backlog = backlog;
        this.troubles = troubles;
        this.clock = clock;
        this.writers = writers;
    }

    /**
     * A batch that is this instance's now.
     *
     * @param completedBy as Camel's aggregator says it
     */
    record Taken(Batch batch, String completedBy) {}

    void forget() {
        waiting.clear();
        heldFor.clear();
    }

    /**
     * Batches that want somebody: overdue, postponed until now, left behind, or waiting for what has come; no more than this instance can take
     * up, and each feed's ({@link FairShare}). Never throws.
     *
     * @param ids to which they are added
     */
    void find(Set<String> ids) {
        try {
            Map<String, Integer> atWork = atWork();
            atWork.replaceAll((feed, count) -> Math.max(0, count - backlog.queued(feed)));
            Set<String> candidates = new LinkedHashSet<>();
            for (Ledger.Waiting batch : ledger.waiting(clock.instant())) {
                waiting.put(batch.id(), batch);
                candidates.add(batch.id());
            }
            for (Backlog.Takeable takeable : backlog.takeable()) {
                List<String> held = held(takeable);
                (takeable.probe() ? ids : candidates).addAll(held);
            }
            ids.addAll(SHARE.of(candidates, atWork));
            waiting.keySet().retainAll(ids);
            heldFor.keySet().retainAll(ids);
            troubles.over(Troubles.LEDGER, "batches that wait are taken up again");
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIf(e);
            troubles.begin(Troubles.LEDGER, "can't look for batches that wait: " + e.getMessage());
        }
    }

    /** How many batches of each feed this instance works on. */
    private Map<String, Integer> atWork() {
        Map<String, Integer> counts = new HashMap<>();
        leases.ids().forEach(id -> counts.merge(BatchId.feed(id), 1, Integer::sum));
        return counts;
    }

    /** The oldest of some lists, those apart that are passed over; if no more than those wait, it is their turn again. */
    private List<String> held(Backlog.Takeable takeable) {
        List<Ledger.Held> held = new ArrayList<>();
        for (String list : takeable.lists()) {
            List<Ledger.Held> some = ledger.held(list);
            some.forEach(batch -> heldFor.put(batch.id(), list));
            held.addAll(some);
            if (some.isEmpty()) {
                backlog.nothingWaits(list);
            }
        }
        held.sort(Comparator.comparing(Ledger.Held::since));
        int passedOver = takeable.passedOver();
        int from = held.size() > passedOver ? passedOver : passedOver % Math.max(1, held.size());
        return held.stream()
                .skip(from)
                .limit(takeable.most())
                .map(Ledger.Held::id)
                .toList();
    }

    /** Empty if another instance was faster. */
    Optional<Taken> take(String id) {
        Optional<Ledger.OpenAt> open = Optional.ofNullable(waiting.get(id)).flatMap(Ledger.Waiting::open);
        if (open.isPresent()) {
            return overdue(open.get(), id).map(batch -> new Taken(batch, TIMEOUT));
        }
        String list = heldFor.get(id);
        if (list != null) {
            return ledger.resume(id, list).map(batch -> new Taken(batch, FORCE));
        }
        Optional<Batch> taken = ledger.takeOver(id);
        taken.ifPresent(batch -> LOG.info("Taking over batch {}, attempt {}", id, batch.attempt()));
        return taken.map(batch -> new Taken(batch, FORCE));
    }

    /** Locks an open batch, if it still is open. */
    private Optional<Batch> overdue(Ledger.OpenAt place, String id) {
        OpenBatchWriter writer = writers.apply(place.key());
        if (!writer.addsTo(place.shard())) {
            return abandoned(place, id);
        }
        writer.forget();
        return Optional.of(writer.seen())
                .filter(open -> open.id().equals(id))
                .map(open -> writer.lock(Optional.empty(), BatchLimits.NO_MORE, open, TIMEOUT)
                        .decided());
    }

    /** Locks an open batch to which this instance doesn't add. */
    private Optional<Batch> abandoned(Ledger.OpenAt place, String id) {
        Optional<Batch> batch = ledger.open(BatchKey.name(place.key()), place.key(), place.shard())
                .filter(open -> open.id().equals(id));
        try {
            return batch.isPresent() ? Optional.of(ledger.lock(batch.get(), List.of(), TIMEOUT)) : Optional.empty();
        } catch (Conflict | KnownFiles e) {
            LOG.debug("Batch {} is locked, or added to, by another instance: {}", id, e.getMessage());
            return Optional.empty();
        }
    }
}
