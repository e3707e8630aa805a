package dev.caravan.cli.mirrors;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan rebase mirror}. */
@Command(
        name = "mirror",
        description = {
            "Compares both sides of a mirror anew, and brings what differs, whatever the target says that it holds.",
            "",
            "Keys and hashes come from the target, so that only rows that really differ are written. It is for a table that another tool has"
                    + " filled, or that somebody has written into."
        })
public final class RebaseMirror extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The mirror.")
    private String mirror = "";

    @Option(
            names = "--allow-deletes",
            description = "Any number of rows may be deleted, whatever maxDeletes says, by this run.")
    private boolean allowDeletes;

    @Option(names = "--no-wait", description = "Doesn't wait for the end.")
    private boolean noWait;

    public RebaseMirror(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        MirrorName.configured(installation, mirror);
        new Asked(mirror, allowDeletes, true).begin(installation, out, !noWait);
    }
}
