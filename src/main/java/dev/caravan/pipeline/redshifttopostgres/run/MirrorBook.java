package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.base.Quantity;
import dev.caravan.ledger.runs.Beginning;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.work.run.RunSchedule;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What the ledger has of runs of mirrors, for people, and what they may ask for. */
public final class MirrorBook {
    private static final int MOST_FAILED = 100;

    private final Runs runs;
    private final Clock clock;

    public MirrorBook(Runs runs, Clock clock) {
        this.runs = runs;
        this.clock = clock;
    }

    /** The newest runs of a mirror, newest first. */
    public List<Run> newest(String mirror, int most) {
        return runs.newest(mirror, most);
    }

    public Optional<Run> find(String mirror, String run) {
        return runs.find(mirror, run);
    }

    /** When a mirror runs next; empty if only when it is told to. */
    public static Optional<Instant> next(TableMirror mirror, Instant now) {
        return RunSchedule.after(mirror, now);
    }

    /**
     * The time of the newest run that is complete: the target is as the source was then, or a little later. Empty if none is of the newest {@value #MOST_FAILED}, or of
     * those that the ledger has kept.
     */
    public Optional<Instant> fresh(String mirror) {
        return complete(runs.newest(mirror, 1)).or(() -> complete(runs.newest(mirror, MOST_FAILED)));
    }

    private static Optional<Instant> complete(List<Run> runs) {
        return runs.stream()
                .filter(run -> run.status() == RunStatus.COMPLETE)
                .map(Run::planned)
                .max(Instant::compareTo);
    }

    /** What a run is to do, in words; empty if it does what the mirror says. */
    public static Optional<String> options(Run run) {
        return MirrorPlan.of(run.plan()).inWords();
    }

    /** How far a run is, in a line. */
    public static String progress(Run run) {
        if (!run.reason().isEmpty()) {
            return "waiting: " + run.reason();
        }
        MirrorPlan plan = MirrorPlan.of(run.plan());
        String found = plan.changes() == 0
                ? ""
                : ": " + Quantity.count(plan.inserts(), "row") + " to insert, " + plan.updates() + " to update, "
                        + plan.deletes() + " to delete";
        return switch (run.stage()) {
            case MirrorStages.UNLOAD -> "writing the difference to S3" + found;
            case MirrorStages.APPLY -> "applying the difference" + found;
            default -> "making the difference in Redshift";
        };
    }

    /**
     * Begins a run, which any instance takes up at its next look.
     *
     * @param allowDeletes whether any number of rows may be deleted
     * @param rebase whether both sides are compared anew
     * @param who for its history
     * @return the run; what hinders it if another one isn't over
     */
    public Beginning ask(String mirror, boolean allowDeletes, boolean rebase, String who) {
        Beginning beginning = runs.begin(
                mirror,
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                MirrorStages.COMPARE,
                MirrorPlan.begun(allowDeletes, rebase).text());
        return beginning instanceof Beginning.Begun begun
                ? new Beginning.Begun(runs.postpone(begun.run(), clock.instant(), "asked for by " + who))
                : beginning;
    }
}
