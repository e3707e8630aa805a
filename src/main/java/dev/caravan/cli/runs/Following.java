package dev.caravan.cli.runs;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tells how a run goes until it is over.
 *
 * @param progress how far a run is, in a line, which is told when it is another
 */
public record Following(PrintWriter out, Function<Run, String> progress) {
    private static final long LOOK_MILLIS = 500;

    /**
     * Says that it is asked for, and follows it if somebody takes it up.
     *
     * @param wait whether it is followed
     * @param look finds the run as it is now
     * @throws CommandFailed if it fails
     */
    public void asked(Installation installation, Run run, boolean wait, Supplier<Optional<Run>> look)
            throws CommandFailed {
        out.println("Run " + run.id() + " is asked for");
        if (installation.instances().known().running().isEmpty()) {
            out.println("No instance runs: it begins when one does");
        } else if (wait) {
            follow(run, look);
        }
    }

    /** Follows it; returns when it is complete, or when this thread is interrupted. */
    private void follow(Run asked, Supplier<Optional<Run>> look) throws CommandFailed {
        String told = "";
        Run run = asked;
        try {
            while (run.status() == RunStatus.RUNNING) {
                String now = progress.apply(run);
                if (!now.equals(told)) {
                    out.println(now);
                    out.flush();
                    told = now;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                run = look.get().orElse(run);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (run.status() == RunStatus.ERROR) {
            throw new CommandFailed("run " + run.id() + ": " + run.reason());
        }
        out.println("Run " + run.id() + " is complete: " + run.reason());
    }
}
