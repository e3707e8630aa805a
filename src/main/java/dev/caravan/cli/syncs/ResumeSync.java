package dev.caravan.cli.syncs;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.operate.steer.SyncOperator;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan resume sync}. */
@Command(name = "sync", description = "Ends a sync's pause.")
public final class ResumeSync extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The sync.")
    private String sync = "";

    public ResumeSync(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        SyncName.configured(installation, sync);
        out.println(new SyncOperator(installation.syncTools().book(), installation.pauses()).resume(sync));
    }
}
