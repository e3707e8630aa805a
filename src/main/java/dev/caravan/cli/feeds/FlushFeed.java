package dev.caravan.cli.feeds;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.FeedName;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.WaitNotes;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan flush feed}. */
@Command(name = "feed", description = "Has a feed's open batch loaded now, without waiting for more files or its time.")
public final class FlushFeed extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The feed.")
    private String feed = "";

    public FlushFeed(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        FeedName.known(installation, feed);
        installation.operator().flush(feed).forEach(out::println);
        WaitNotes.of(installation, List.of(feed), List.of()).forEach(out::println);
    }
}
