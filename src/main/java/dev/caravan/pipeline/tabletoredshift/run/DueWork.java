package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.ledger.runs.Beginning;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.work.run.RunSchedule;
import dev.caravan.work.run.RunsHere;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what this instance can do for runs now: one look, however many syncs there are. */
final class DueWork {
    /** Runs that one look sees. */
    private static final int MOST_RUNS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(DueWork.class);

    private final Syncs syncs;
    private final Runs runs;
    private final Units units;
    private final RunsHere here;
    private final RunSchedule<TableSync> schedule;
    private final Supplier<Set<String>> pauses;
    private final int tablesAtOnce;

    DueWork(
            Syncs syncs,
            Runs runs,
            Units units,
            RunsHere here,
            RunSchedule<TableSync> schedule,
            Supplier<Set<String>> pauses,
            int tablesAtOnce) {
        this.syncs = syncs;
        this.runs = runs;
        this.units = units;
        this.here = here;
        this.schedule = schedule;
        this.pauses = pauses;
        this.tablesAtOnce = tablesAtOnce;
    }

    /** Begins what is due, takes up what waits, and says what is to be done. What is being done already isn't said again. */
    List<SyncWork> find() {
        Map<String, TableSync> all = syncs.all();
        if (all.isEmpty() && !here.ownsAny()) {
            return List.of();
        }
        Set<String> paused = pauses.get();
        schedule.due(all.values()).stream()
                .filter(due -> !paused.contains(due.of().name()))
                .forEach(this::begin);
        runs.waiting(MOST_RUNS).stream()
                .filter(waiting -> all.containsKey(waiting.name()) && !paused.contains(waiting.name()))
                .map(runs::take)
                .flatMap(Optional::stream)
                .forEach(here::own);
        List<SyncWork> work = new ArrayList<>();
        for (Run run : here.beginOwned()) {
            SyncWork next = run.stage().equals(SyncStages.PLAN) ? SyncWork.plan(run) : SyncWork.finish(run);
            if (!all.containsKey(run.name())) {
                here.release(run.id()); // its bean was taken away: whoever has it takes the run up
                here.end(next.key());
            } else if (paused.contains(run.name())) {
                here.end(next.key());
            } else {
                work.add(next);
            }
        }
        if (here.units() < tablesAtOnce) {
            tables(all, paused).stream()
                    .filter(found -> here.begin(found.key()))
                    .forEach(work::add);
        }
        return work;
    }

    private void begin(RunSchedule.Due<TableSync> due) {
        RunOptions options = new RunOptions(due.full(), List.of(), 0);
        Beginning beginning = runs.begin(due.of().name(), due.planned(), SyncStages.PLAN, options.text());
        if (beginning instanceof Beginning.Begun begun) {
            LOG.info("Run {} begins: {}", begun.run().id(), due.of().inWords());
            here.own(begun.run());
            schedule.begun(due);
        } else if (beginning instanceof Beginning.ThereAlready) {
            schedule.begun(due);
        }
        // Else the one before isn't over: this one is caught up when it is.
    }

    /** Tables that nobody extracts yet, of all runs. */
    private List<SyncWork> tables(Map<String, TableSync> all, Set<String> paused) {
        List<SyncWork> found = new ArrayList<>();
        int room = tablesAtOnce - here.units();
        for (Runs.Waiting running : runs.running(MOST_RUNS)) {
            if (!all.containsKey(running.name()) || paused.contains(running.name())) {
                continue;
            }
            Run run = runs.find(running.name(), running.id())
                    .filter(known ->
                            known.status() == RunStatus.RUNNING && known.stage().equals(SyncStages.EXTRACT))
                    .orElse(null);
            if (run == null) {
                continue;
            }
            for (Unit unit : units.of(run.id(), RunOptions.of(run.plan()).planning())) {
                if (found.size() == room) {
                    return found;
                }
                if (units.isFree(unit) && !here.has(unit.key())) {
                    found.add(SyncWork.extract(run, unit));
                }
            }
        }
        return found;
    }
}
