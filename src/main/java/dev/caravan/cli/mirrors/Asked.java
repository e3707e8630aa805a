package dev.caravan.cli.mirrors;

import dev.caravan.cli.runs.Following;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.ledger.runs.Run;
import dev.caravan.operate.steer.MirrorOperator;
import dev.caravan.operate.steer.Refused;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;

/**
 * A run that a person asks for.
 *
 * @param allowDeletes whether any number of rows may be deleted
 * @param rebase whether both sides are compared anew
 */
record Asked(String mirror, boolean allowDeletes, boolean rebase) {
    /**
     * Has it begin, and tells how it goes until it is over.
     *
     * @param wait whether it is followed
     * @throws CommandFailed if it can't begin, or fails
     */
    void begin(Installation installation, PrintWriter out, boolean wait) throws CommandFailed {
        MirrorBook book = installation.mirrorTools().book();
        Run run;
        try {
            run = new MirrorOperator(book, installation.pauses())
                    .begin(mirror, allowDeletes, rebase, System.getProperty("user.name", "?"));
        } catch (Refused e) {
            throw new CommandFailed(e.inWords());
        }
        new Following(out, MirrorBook::progress).asked(installation, run, wait, () -> book.find(mirror, run.id()));
    }
}
