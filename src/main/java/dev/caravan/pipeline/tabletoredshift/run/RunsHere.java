package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunLost;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.extract.ReadSoFar;
import dev.caravan.pipeline.tabletoredshift.table.SoFar;
import dev.caravan.work.Leases;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this instance has of runs: those that it owns, and the units that it works on. Their leases are renewed until they are let go. */
public final class RunsHere {
    private static final Logger LOG = LoggerFactory.getLogger(RunsHere.class);

    private final Map<String, Run> owned = new ConcurrentHashMap<>();
    private final Map<String, Unit> units = new ConcurrentHashMap<>();
    private final Map<String, ReadSoFar> readings = new ConcurrentHashMap<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Leases leases;

    public RunsHere(Runs runs, Units all) {
        leases = new Leases("run or table", key -> {
            Unit unit = units.get(key);
            Run run = owned.get(key);
            if (unit != null) {
                all.renew(unit, SoFar.text(reading(unit)));
            } else if (run != null) {
                runs.renew(run);
            }
        });
    }

    /** For the heartbeat. */
    public Leases leases() {
        return leases;
    }

    void own(Run run) {
        owned.put(run.id(), run);
        leases.hold(run.id());
    }

    void own(Unit unit) {
        readings.put(unit.key(), new ReadSoFar());
        units.put(unit.key(), unit);
        leases.hold(unit.key());
    }

    /** How far this instance has come with a table of its own: said with each renewal of its lease. */
    ReadSoFar reading(Unit unit) {
        return readings.getOrDefault(unit.key(), new ReadSoFar());
    }

    /** Gives something up. */
    void release(String key) {
        leases.release(key);
        owned.remove(key);
        units.remove(key);
        readings.remove(key);
    }

    /** Leaves runs to others at once, for this instance stops: they would wait for a lease's end. Tables that it still reads are left to that. */
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

    boolean ownsAny() {
        return !owned.isEmpty();
    }

    /**
     * Begins to work on each run that is its own, as far as it knows, and that nobody works on here.
     *
     * @return them as they are then, and not as they were before
     */
    List<Run> beginOwned() {
        Set<String> held = leases.ids();
        owned.keySet().removeIf(id -> !held.contains(id));
        return owned.keySet().stream()
                .filter(busy::add)
                .map(owned::get)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    boolean has(String key) {
        return leases.ids().contains(key);
    }

    /** How many tables it works on. */
    public int tables() {
        return units.size();
    }

    /** Whether a piece of work isn't being done yet; from now on it is. */
    boolean begin(SyncWork work) {
        return busy.add(work.key());
    }

    void end(SyncWork work) {
        busy.remove(work.key());
    }
}
