package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.base.Quantity;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunLost;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.table.UnitPlan;
import dev.caravan.pipeline.tabletoredshift.table.UnitResult;
import dev.caravan.work.run.RetryPause;
import dev.caravan.work.run.RunEnd;
import dev.caravan.work.run.RunsHere;
import dev.caravan.work.run.StepFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of work that failed: it is tried again, later each time, or fails for good. */
final class Postponing {
    private static final Logger LOG = LoggerFactory.getLogger(Postponing.class);

    private final Runs runs;
    private final Units units;
    private final RunsHere here;
    private final Duration retryFor;
    private final Clock clock;

    /** @param retryFor how long after its planned time a run is tried again */
    Postponing(Runs runs, Units units, RunsHere here, Duration retryFor, Clock clock) {
        this.runs = runs;
        this.units = units;
        this.here = here;
        this.retryFor = retryFor;
        this.clock = clock;
    }

    /**
     * Decides it.
     *
     * @param unit the table that was taken and isn't done; empty if none was
     * @return how the run ends, if it can't go on
     */
    Optional<RunEnd> postpone(SyncWork work, Optional<Unit> unit, Throwable thrown) {
        String words = StepFailure.inWords(thrown);
        if (thrown instanceof RunLost) {
            here.release(unit.map(Unit::key).orElse(work.run().id()));
            LOG.warn("{}", words);
            return Optional.empty();
        }
        Instant now = clock.instant();
        boolean tooLate = now.isAfter(work.run().planned().plus(retryFor));
        boolean last = Failures.isLasting(thrown) || tooLate;
        String reason = tooLate ? words + " (tried again for " + Quantity.inWords(retryFor) + ")" : words;
        if (unit.isPresent()) {
            ofTable(work.run(), unit.get(), last, reason, now);
        } else if (work.step().equals(SyncWork.PLAN)) {
            return ofRun(work.run(), last, reason, now);
        } else if (tooLate && work.step().equals(SyncWork.FINISH)) {
            return Optional.of(RunEnd.failed(reason));
        } else {
            LOG.warn("Run {} goes on at the next look: {}", work.run().id(), words);
        }
        return Optional.empty();
    }

    private void ofTable(Run run, Unit unit, boolean last, String reason, Instant now) {
        here.release(unit.key());
        UnitPlan plan = UnitPlan.of(unit.plan());
        String table = plan.inWords();
        if (last) {
            LOG.error("{} of run {} can't be synced: {}", table, run.id(), reason);
            var unused = units.done(
                    unit, UnitResult.failed(plan, table + ": " + reason).text(plan));
        } else {
            Instant until = now.plus(RetryPause.after(unit.attempt()));
            LOG.warn("{} of run {} waits until {}: {}", table, run.id(), until, reason);
            var unused = units.postpone(unit, until, reason);
        }
    }

    private Optional<RunEnd> ofRun(Run run, boolean last, String reason, Instant now) {
        if (last) {
            return Optional.of(RunEnd.failed(reason));
        }
        here.release(run.id());
        Instant until = now.plus(RetryPause.after(run.attempt()));
        LOG.warn("Run {} waits until {}: {}", run.id(), until, reason);
        var unused = runs.postpone(run, until, reason);
        return Optional.empty();
    }
}
