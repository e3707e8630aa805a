package dev.caravan.operate.steer;

import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.runs.Run;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;

/** What a person does to a mirror in one step; commands and MBeans do it, and say the same. */
public final class MirrorOperator {
    private final MirrorBook book;
    private final RunOperator runs;

    public MirrorOperator(MirrorBook book, FeedPauses pauses) {
        this.book = book;
        runs = new RunOperator("mirror", pauses);
    }

    /**
     * Begins a run, which any instance takes up at its next look.
     *
     * @param allowDeletes whether any number of rows may be deleted
     * @param rebase whether both sides are compared anew
     * @param who for its history
     * @throws Refused if the mirror is paused, or another run of it isn't over
     */
    public Run begin(String mirror, boolean allowDeletes, boolean rebase, String who) throws Refused {
        return runs.begin(mirror, () -> book.ask(mirror, allowDeletes, rebase, who));
    }

    /** Pauses a mirror, unless it is paused: then its reason stays. */
    public String pause(String mirror, String reason) {
        return runs.pause(mirror, reason);
    }

    /** Ends a mirror's pause. */
    public String resume(String mirror) {
        return runs.resume(mirror);
    }
}
