package dev.caravan.ledger;

import dev.caravan.health.OutOfMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches that this instance works on, and the heartbeat that keeps them its own. Leases are renewed side by side, so that a call that hangs keeps one
 * batch waiting, not all of them.
 */
final class Leases implements Runnable {
    /** Renewals at a time. Each takes milliseconds, and seconds at the most ({@link Dynamo}). */
    static final int AT_ONCE = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final Ledger ledger;
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Set<String> underway = ConcurrentHashMap.newKeySet();
    private volatile Function<String, Optional<String>> overdue = id -> Optional.empty();
    private volatile Executor executor = Runnable::run;

    Leases(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Has renewals run elsewhere, {@link #AT_ONCE} at a time. */
    void runIn(Executor other) {
        executor = other;
    }

    /** @param words why a batch is to be left to others, though it seems to be worked on */
    void unless(Function<String, Optional<String>> words) {
        overdue = words;
    }

    void hold(String id) {
        held.add(id);
    }

    void release(String id) {
        held.remove(id);
    }

    /** The batches that this instance works on. */
    Set<String> ids() {
        return Set.copyOf(held);
    }

    /** How many of them are of each feed. */
    Map<String, Integer> byFeed() {
        Map<String, Integer> counts = new HashMap<>();
        held.forEach(id -> counts.merge(BatchId.feed(id), 1, Integer::sum));
        return counts;
    }

    /** How many batches this instance works on. */
    int count() {
        return held.size();
    }

    /** One beat. Returns at once; never throws: a scheduler would stop for good. */
    @Override
    public void run() {
        for (String id : List.copyOf(held)) {
            Optional<String> why = overdue.apply(id);
            if (why.isPresent()) {
                held.remove(id);
                LOG.warn("Batch {} is left to whoever takes it up when its lease has run out: {}", id, why.get());
            } else if (underway.add(id)) {
                try {
                    executor.execute(() -> beat(id));
                } catch (RejectedExecutionException e) {
                    underway.remove(id); // stopping
                }
            }
        }
    }

    private void beat(String id) {
        try {
            if (held.contains(id)) {
                ledger.renew(id);
            }
        } catch (LeaseLost e) {
            if (held.remove(id)) {
                LOG.warn("{}", e.getMessage());
            }
        } catch (LedgerUnavailable e) {
            LOG.debug("Can't renew the lease of batch {}: {}", id, e.getMessage()); // the recovery scan tells
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIf(e);
            LOG.warn("Can't renew the lease of batch {}: {}", id, e.toString());
        } finally {
            underway.remove(id);
        }
    }
}
