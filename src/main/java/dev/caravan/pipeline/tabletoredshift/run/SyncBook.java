package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.ledger.runs.Beginning;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.work.run.RunSchedule;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What the ledger has of runs of syncs, for people, and what they may ask for. */
public final class SyncBook {
    private final Runs runs;
    private final Units units;
    private final Clock clock;

    public SyncBook(Runs runs, Units units, Clock clock) {
        this.runs = runs;
        this.units = units;
        this.clock = clock;
    }

    /** The newest runs of a sync, newest first. */
    public List<Run> newest(String sync, int most) {
        return runs.newest(sync, most);
    }

    public Optional<Run> find(String sync, String run) {
        return runs.find(sync, run);
    }

    /** The tables of a run, in the order in which they are taken; none before they are listed. */
    public List<TableState> tables(Run run) {
        int planning = RunOptions.of(run.plan()).planning();
        Instant now = clock.instant();
        return planning == 0
                ? List.of()
                : units.of(run.id(), planning).stream()
                        .flatMap(unit -> TableState.of(unit, now).stream())
                        .toList();
    }

    /** When a sync runs next; empty if only when it is told to. */
    public static Optional<Instant> next(TableSync sync, Instant now) {
        return RunSchedule.after(sync, now);
    }

    /** What a run is to do, in words; empty if it does what the sync says. */
    public static Optional<String> options(Run run) {
        return RunOptions.of(run.plan()).inWords();
    }

    /**
     * Begins a run, which any instance takes up at its next look.
     *
     * @param who for its history
     * @return the run; what hinders it if another one isn't over
     */
    public Beginning ask(String sync, RunOptions options, String who) {
        Beginning beginning =
                runs.begin(sync, clock.instant().truncatedTo(ChronoUnit.SECONDS), SyncStages.PLAN, options.text());
        return beginning instanceof Beginning.Begun begun
                ? new Beginning.Begun(runs.postpone(begun.run(), clock.instant(), "asked for by " + who))
                : beginning;
    }
}
