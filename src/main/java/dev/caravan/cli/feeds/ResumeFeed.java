package dev.caravan.cli.feeds;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.FeedName;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan resume feed}. */
@Command(name = "feed", description = "Ends a feed's pause: what has waited is loaded, oldest first.")
public final class ResumeFeed extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The feed.")
    private String feed = "";

    public ResumeFeed(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        Optional<String> resumed = installation.operator().resume(feed);
        if (resumed.isEmpty()) {
            FeedName.known(installation, feed);
        }
        out.println(resumed.orElse("feed " + feed + " is not paused"));
    }
}
