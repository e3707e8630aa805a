package dev.caravan.cli.mirrors;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.operate.steer.MirrorOperator;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan resume mirror}. */
@Command(name = "mirror", description = "Ends a mirror's pause.")
public final class ResumeMirror extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The mirror.")
    private String mirror = "";

    public ResumeMirror(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        MirrorName.configured(installation, mirror);
        out.println(new MirrorOperator(installation.mirrorTools().book(), installation.pauses()).resume(mirror));
    }
}
