package dev.caravan.cli.mirrors;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.operate.steer.MirrorOperator;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan pause mirror}. */
@Command(
        name = "mirror",
        description = {
            "Pauses a mirror: no run of it begins or goes on until it is resumed.",
            "",
            "A run that is at work on an instance ends. What is missed meanwhile is caught up by one run."
        })
public final class PauseMirror extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The mirror.")
    private String mirror = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever asks.")
    private String reason = "";

    public PauseMirror(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        MirrorName.configured(installation, mirror);
        out.println(new MirrorOperator(installation.mirrorTools().book(), installation.pauses()).pause(mirror, reason));
    }
}
