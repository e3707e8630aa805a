package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.ledger.runs.Beginning;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
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

/** Finds runs of mirrors that this instance can go on with: one look, however many mirrors there are. */
final class DueMirrors {
    /** Runs that one look sees. */
    private static final int MOST_RUNS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(DueMirrors.class);

    private final Mirrors mirrors;
    private final Runs runs;
    private final RunsHere here;
    private final RunSchedule<TableMirror> schedule;
    private final Supplier<Set<String>> pauses;

    DueMirrors(
            Mirrors mirrors,
            Runs runs,
            RunsHere here,
            RunSchedule<TableMirror> schedule,
            Supplier<Set<String>> pauses) {
        this.mirrors = mirrors;
        this.runs = runs;
        this.here = here;
        this.schedule = schedule;
        this.pauses = pauses;
    }

    /** Begins what is due, takes up what waits, and says what is to be done. What is being done already isn't said again. */
    List<MirrorWork> find() {
        Map<String, TableMirror> all = mirrors.all();
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
        List<MirrorWork> work = new ArrayList<>();
        for (Run run : here.beginOwned()) {
            if (!all.containsKey(run.name())) {
                here.release(run.id()); // its bean was taken away: whoever has it takes the run up
                here.end(run.id());
            } else if (paused.contains(run.name())) {
                here.end(run.id());
            } else {
                work.add(new MirrorWork(run));
            }
        }
        return work;
    }

    private void begin(RunSchedule.Due<TableMirror> due) {
        Beginning beginning = runs.begin(
                due.of().name(),
                due.planned(),
                MirrorStages.COMPARE,
                MirrorPlan.begun(false, false).text());
        if (beginning instanceof Beginning.Begun begun) {
            LOG.info("Run {} begins: {}", begun.run().id(), due.of().inWords());
            here.own(begun.run());
            schedule.begun(due);
        } else if (beginning instanceof Beginning.ThereAlready) {
            schedule.begun(due);
        }
        // Else the one before isn't over: this one is caught up when it is.
    }
}
