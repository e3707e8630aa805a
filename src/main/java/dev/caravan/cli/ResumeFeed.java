package dev.caravan.cli;

import dev.caravan.feed.Quantity;
import dev.caravan.ledger.FeedPauses.Pause;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
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
        Optional<Pause> pause = installation.pauses().resume(feed);
        if (pause.isEmpty()) {
            FeedName.known(installation, feed);
        }
        out.println("feed " + feed
                + pause.map(ended -> " is resumed after "
                                + Quantity.inWords(Duration.between(ended.since(), Instant.now()))
                                + ": running instances load what has waited, oldest first")
                        .orElse(" is not paused"));
    }
}
