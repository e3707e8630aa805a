package dev.caravan.work.run;

import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunLost;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.ledger.runs.Units;
import dev.caravan.work.Leases;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this instance has of runs: those that it owns, and the units that it works on. Their leases are renewed until they are let go. */
public final class RunsHere {
    private static final Logger LOG = LoggerFactory.getLogger(RunsHere.class);

    private final Map<String, Run> owned = new ConcurrentHashMap<>();
    private final Map<String, Unit> units = new ConcurrentHashMap<>();
    private final Map<String, Supplier<String>> progress = new ConcurrentHashMap<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Leases leases;

    /** @param noun what is held, for a log: {@code run or table} */
    public RunsHere(String noun, Runs runs, Units all) {
        leases = new Leases(noun, key -> {
            Unit unit = units.get(key);
            Run run = owned.get(key);
            if (unit != null) {
                all.renew(unit, progress.getOrDefault(key, () -> "").get());
            } else if (run != null) {
                runs.renew(run);
            }
        });
    }

    /** For the heartbeat. */
    public Leases leases() {
        return leases;
    }

    public void own(Run run) {
        owned.put(run.id(), run);
        leases.hold(run.id());
    }

    /** @param soFar how far it has come, in its pipeline's words: said with each renewal of its lease */
    public void own(Unit unit, Supplier<String> soFar) {
        progress.put(unit.key(), soFar);
        units.put(unit.key(), unit);
        leases.hold(unit.key());
    }

    /** Gives something up. */
    public void release(String key) {
        leases.release(key);
        owned.remove(key);
        units.remove(key);
        progress.remove(key);
    }

    /** Leaves runs to others at once, for this instance stops: they would wait for a lease's end. Units that it still works on are left to that. */
    public void handOver(Runs runs, Clock clock) {
        for (Run run : List.copyOf(owned.values())) {
            release(run.id());
            try {
                var unused = runs.postpone(run, clock.instant(), run.reason());
            } catch (RunLost | LedgerUnavailable e) {
                LOG.info(
                        "Run {} is left to whoever takes it up when its lease has run out: {}",
                        run.id(),
                        e.getMessage());
            }
        }
    }

    public boolean ownsAny() {
        return !owned.isEmpty();
    }

    /**
     * Begins to work on each run that is its own, as far as it knows, and that nobody works on here.
     *
     * @return them as they are then, and not as they were before
     */
    public List<Run> beginOwned() {
        Set<String> held = leases.ids();
        owned.keySet().removeIf(id -> !held.contains(id));
        return owned.keySet().stream()
                .filter(busy::add)
                .map(owned::get)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    public boolean has(String key) {
        return leases.ids().contains(key);
    }

    /** How many units it works on. */
    public int units() {
        return units.size();
    }

    /** Whether a piece of work isn't being done yet; from now on it is. */
    public boolean begin(String key) {
        return busy.add(key);
    }

    public void end(String key) {
        busy.remove(key);
    }
}
