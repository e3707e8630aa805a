package dev.caravan.cli.feeds;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.FeedName;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan pause feed}. */
@Command(
        name = "feed",
        description = {
            "Pauses a feed: nothing of it is loaded until it is resumed.",
            "",
            "Its files go on being recorded, its batches wait, and no attempt or time is counted against them. Every instance knows within"
                    + " seconds; loads that are running finish."
        })
public final class PauseFeed extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The feed.")
    private String feed = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever asks.")
    private String reason = "";

    public PauseFeed(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        FeedName.known(installation, feed);
        out.println(installation.operator().pause(feed, reason));
    }
}
