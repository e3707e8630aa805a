package dev.caravan.operate.steer;

import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.runs.Run;
import dev.caravan.pipeline.tabletoredshift.run.RunOptions;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;

/** What a person does to a sync in one step; commands and MBeans do it, and say the same. */
public final class SyncOperator {
    private final SyncBook book;
    private final RunOperator runs;

    public SyncOperator(SyncBook book, FeedPauses pauses) {
        this.book = book;
        runs = new RunOperator("sync", pauses);
    }

    /**
     * Begins a run, which any instance takes up at its next look.
     *
     * @param who for its history
     * @throws Refused if the sync is paused, or another run of it isn't over
     */
    public Run begin(String sync, RunOptions options, String who) throws Refused {
        return runs.begin(sync, () -> book.ask(sync, options, who));
    }

    /** Pauses a sync, unless it is paused: then its reason stays. */
    public String pause(String sync, String reason) {
        return runs.pause(sync, reason);
    }

    /** Ends a sync's pause. */
    public String resume(String sync) {
        return runs.resume(sync);
    }
}
