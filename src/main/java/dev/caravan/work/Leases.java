package dev.caravan.work;

import dev.caravan.base.OutOfMemory;
import dev.caravan.ledger.LeaseLost;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.runs.RunLost;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this instance works on, and the heartbeat that keeps it its own. Leases are renewed side by side, so that a call that hangs keeps one thing waiting, not
 * all of them.
 */
public final class Leases implements Runnable {
    /** Renewals at a time. Each takes milliseconds, and seconds at the most ({@link dev.caravan.ledger.Ledger}). */
    static final int AT_ONCE = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final String noun;
    private final Consumer<String> renewal;
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Set<String> underway = ConcurrentHashMap.newKeySet();
    private volatile Function<String, Optional<String>> overdue = id -> Optional.empty();
    private volatile Executor executor = Runnable::run;

    /**
     * Nothing is held yet.
     *
     * @param noun what is held, for example {@code batch}
     * @param renewal says in the ledger that this instance works on the thing with that id; fails with {@link LeaseLost}, {@link RunLost} or {@link LedgerUnavailable}
     */
    public Leases(String noun, Consumer<String> renewal) {
        this.noun = noun;
        this.renewal = renewal;
    }

    /** Has renewals run elsewhere, {@link #AT_ONCE} at a time. */
    void runIn(Executor other) {
        executor = other;
    }

    /** @param words why something is to be left to others, though it seems to be worked on */
    public void unless(Function<String, Optional<String>> words) {
        overdue = words;
    }

    public void hold(String id) {
        held.add(id);
    }

    public void release(String id) {
        held.remove(id);
    }

    /** What this instance works on. */
    public Set<String> ids() {
        return Set.copyOf(held);
    }

    /** How many things this instance works on. */
    public int count() {
        return held.size();
    }

    /** One beat. Returns at once; never throws: a scheduler would stop for good. */
    @Override
    public void run() {
        for (String id : List.copyOf(held)) {
            Optional<String> why = overdue.apply(id);
            if (why.isPresent()) {
                held.remove(id);
                LOG.warn(
                        "The {} {} is left to whoever takes it up when its lease has run out: {}", noun, id, why.get());
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
                renewal.accept(id);
            }
        } catch (LeaseLost | RunLost e) {
            if (held.remove(id)) {
                LOG.warn("{}", e.getMessage());
            }
        } catch (LedgerUnavailable e) {
            LOG.debug("Can't renew the lease of {} {}: {}", noun, id, e.getMessage()); // the recovery scan tells
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIf(e);
            LOG.warn("Can't renew the lease of {} {}: {}", noun, id, e.toString());
        } finally {
            underway.remove(id);
        }
    }
}
