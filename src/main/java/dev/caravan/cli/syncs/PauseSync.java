package dev.caravan.cli.syncs;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.operate.steer.SyncOperator;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan pause sync}. */
@Command(
        name = "sync",
        description = {
            "Pauses a sync: no run of it begins, goes on or is loaded until it is resumed.",
            "",
            "A table that is being read is read to its end. What is missed meanwhile is caught up by one run."
        })
public final class PauseSync extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The sync.")
    private String sync = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever asks.")
    private String reason = "";

    public PauseSync(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        SyncName.configured(installation, sync);
        out.println(new SyncOperator(installation.syncTools().book(), installation.pauses()).pause(sync, reason));
    }
}
