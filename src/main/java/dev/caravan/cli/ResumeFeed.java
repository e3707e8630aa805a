package dev.caravan.cli;

import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan resume feed}. */
@Command(name = "feed", description = "Ends a feed's pause: what has waited is loaded, oldest first.")
final class ResumeFeed extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The feed.")
    private String feed = "";

    ResumeFeed(PrintWriter out) {
        super(out);
    }

    @Override
    void ask(Installation installation) throws CommandFailed {
        Optional<String> resumed = installation.operator().resume(feed);
        if (resumed.isEmpty()) {
            FeedName.known(installation, feed);
        }
        out.println(resumed.orElse("feed " + feed + " is not paused"));
    }
}
