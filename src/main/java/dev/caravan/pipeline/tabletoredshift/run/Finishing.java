package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.batch.Batch;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.UnitPlan;
import dev.caravan.s3.upload.S3Folder;
import dev.caravan.work.run.RunEnd;
import dev.caravan.work.run.RunsHere;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import software.amazon.awssdk.services.s3.S3Client;

/** Follows a run until its tables are loaded, and ends it. */
final class Finishing {
    private static final Logger LOG = LoggerFactory.getLogger(Finishing.class);

    private final Runs runs;
    private final Units units;
    private final RunsHere here;
    private final SealedTables sealed;
    private final S3Client s3;

    Finishing(Runs runs, Units units, RunsHere here, SealedTables sealed, S3Client s3) {
        this.runs = runs;
        this.units = units;
        this.here = here;
        this.sealed = sealed;
        this.s3 = s3;
    }

    /** How a run ends; empty while it goes on. */
    Optional<RunEnd> end(TableSync sync, Run run) throws Conflict {
        List<Unit> all = units.of(run.id(), RunOptions.of(run.plan()).planning());
        if (!all.stream().allMatch(Unit::isDone)) {
            String held = held(all);
            if (!held.equals(run.reason())) {
                here.own(runs.note(run, held));
            }
            return Optional.empty();
        }
        Map<Unit, List<Batch>> batches = new LinkedHashMap<>();
        for (Unit unit : all) {
            batches.put(unit, sealed.of(sync, unit));
        }
        if (run.stage().equals(SyncStages.EXTRACT)) {
            here.own(runs.reach(run, SyncStages.LOAD, run.plan()));
        }
        boolean over = batches.values().stream().flatMap(List::stream).allMatch(SealedTables::isOver);
        return over ? Optional.of(EndOfTables.of(counted(batches))) : Optional.empty();
    }

    /** With how many rows each table's load has deleted, which its result in the ledger has from now on. */
    private Map<Unit, List<Batch>> counted(Map<Unit, List<Batch>> batches) {
        Map<Unit, List<Batch>> counted = new LinkedHashMap<>();
        batches.forEach((unit, loaded) -> {
            String result = DeletedCount.in(unit, loaded);
            counted.put(result.equals(unit.result()) ? unit : units.amend(unit, result), loaded);
        });
        return counted;
    }

    /** Why the first of the tables that wait does so; empty if none says. */
    private static String held(List<Unit> all) {
        return all.stream()
                .filter(unit -> !unit.isDone() && !unit.reason().isEmpty())
                .map(unit -> UnitPlan.of(unit.plan()).inWords() + " waits: " + unit.reason())
                .findFirst()
                .orElse("");
    }

    /** Ends it; parts that nobody needs any more are removed before, so that a crash leaves none. */
    void end(TableSync sync, Run run, RunEnd end) {
        List<Unit> all = units.of(run.id(), RunOptions.of(run.plan()).planning());
        if (end.faults().isEmpty()) {
            sweep(sync, run);
        }
        runs.end(run, end.status(), end.reason(), end.counts());
        all.forEach(unit -> sealed.forget(sync, unit));
        LOG.atLevel(end.faults().isEmpty() ? Level.INFO : Level.WARN)
                .log("Run {} ended {}: {}", run.id(), end.status().word(), end.reason());
    }

    /** Also those of attempts that came to nothing. Those of a run with a failed table stay: its batch can be reprocessed. */
    private void sweep(TableSync sync, Run run) {
        S3Folder.of(sync.manifestPrefix().orElseThrow(), "parts", sync.name(), run.id())
                .sweep(s3);
    }
}
