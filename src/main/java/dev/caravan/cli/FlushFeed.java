package dev.caravan.cli;

import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan flush feed}. */
@Command(name = "feed", description = "Has a feed's open batch loaded now, without waiting for more files or its time.")
final class FlushFeed extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The feed.")
    private String feed = "";

    FlushFeed(PrintWriter out) {
        super(out);
    }

    @Override
    void ask(Installation installation) throws CommandFailed {
        FeedName.known(installation, feed);
        installation.operator().flush(feed).forEach(out::println);
        WaitNotes.of(installation, List.of(feed), List.of()).forEach(out::println);
    }
}
