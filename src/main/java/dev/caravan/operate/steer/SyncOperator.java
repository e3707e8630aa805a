package dev.caravan.operate.steer;

import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.runs.Beginning;
import dev.caravan.ledger.runs.Run;
import dev.caravan.pipeline.tabletoredshift.run.RunOptions;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;

/** What a person does to a sync in one step; commands and MBeans do it, and say the same. */
public final class SyncOperator {
    private final SyncBook book;
    private final FeedPauses pauses;

    public SyncOperator(SyncBook book, FeedPauses pauses) {
        this.book = book;
        this.pauses = pauses;
    }

    /**
     * Begins a run, which any instance takes up at its next look.
     *
     * @param who for its history
     * @throws Refused if the sync is paused, or another run of it isn't over
     */
    public Run begin(String sync, RunOptions options, String who) throws Refused {
        if (pauses.all().stream().anyMatch(pause -> pause.feed().equals(sync))) {
            throw new Refused("sync " + sync + " is paused: caravan resume sync " + sync);
        }
        Beginning beginning = book.ask(sync, options, who);
        if (beginning instanceof Beginning.Begun begun) {
            return begun.run();
        }
        throw new Refused(
                beginning instanceof Beginning.Busy busy
                        ? "run " + busy.run() + " of sync " + sync + " isn't over: caravan describe sync " + sync
                                + " says how far it is"
                        : "a run of sync " + sync + " has begun in this second: give the command again");
    }

    /** Pauses a sync, unless it is paused: then its reason stays. */
    public String pause(String sync, String reason) {
        FeedPauses.Pause pause = pauses.pause(sync, reason);
        return "Sync " + sync + " is paused since " + pause.since()
                + (pause.reason().isEmpty() ? "" : ": " + pause.reason()) + ". caravan resume sync " + sync
                + " ends that";
    }

    /** Ends a sync's pause. */
    public String resume(String sync) {
        return pauses.resume(sync).isPresent() ? "Sync " + sync + " goes on" : "Sync " + sync + " wasn't paused";
    }
}
