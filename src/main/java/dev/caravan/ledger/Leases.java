package dev.caravan.ledger;

import dev.caravan.health.OutOfMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The batches that this instance works on, and the heartbeat that keeps them its own. */
final class Leases implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final Ledger ledger;
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    Leases(Ledger ledger) {
        this.ledger = ledger;
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

    /** One beat. Never throws: a scheduler would stop for good. */
    @Override
    public void run() {
        for (String id : List.copyOf(held)) {
            try {
                ledger.renew(id);
            } catch (LeaseLost e) {
                if (held.remove(id)) {
                    LOG.warn("{}", e.getMessage());
                }
            } catch (LedgerUnavailable e) {
                LOG.debug("Can't renew the lease of batch {}: {}", id, e.getMessage()); // the recovery scan tells
            } catch (RuntimeException | Error e) {
                OutOfMemory.endIf(e);
                LOG.warn("Can't renew the lease of batch {}: {}", id, e.toString());
            }
        }
    }
}
