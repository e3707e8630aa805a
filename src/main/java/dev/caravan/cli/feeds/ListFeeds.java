package dev.caravan.cli.feeds;

import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code caravan list feeds}. */
@Command(
        name = "feeds",
        description = {
            "Lists the feeds, with those that are no longer configured and of which the ledger still has batches.",
            "",
            "OPEN is what is in the open batch, and DUE when that is loaded at the latest. LAG is the age of the oldest file that is not"
                    + " yet loaded. LOCKED batches are being loaded or tried again at a time, HELD ones wait for a cluster or for the"
                    + " end of a pause. ERROR counts the batches that have failed, BAD FILES the files that were quarantined in the"
                    + " last 7 days, in at most the newest " + FeedSummary.LOOKED_AT + " batches."
        })
public final class ListFeeds extends LedgerCommand {
    @Mixin
    private Output output = new Output();

    public ListFeeds(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) {
        Instant now = Instant.now();
        FeedsNow feeds = new FeedsNow(installation, now);
        LedgerReader reader = installation.reader();
        List<String> caveats = new ArrayList<>();
        Set<String> syncs = installation.syncTools().syncs().all().keySet();
        List<FeedSummary> all = feeds.withFormer(inLedger(reader, caveats)).stream()
                .filter(state -> !syncs.contains(state.feed()))
                .map(state -> FeedSummary.of(state, feeds.configured(state.feed()), reader, now))
                .toList();
        output.list(out, all, FeedSummary.COLUMNS, feed -> feed.row(now), "There is no feed: add one to routes/");
        if (!feeds.caveat().isEmpty()) {
            caveats.add(feeds.caveat());
        }
        if (!output.isJson()) {
            caveats.forEach(out::println);
        }
    }

    /** It takes a permission that nothing else takes here. */
    private static Set<String> inLedger(LedgerReader reader, List<String> caveats) {
        try {
            return reader.feeds();
        } catch (LedgerUnavailable e) {
            if (!e.isRefusal()) {
                throw e;
            }
            caveats.add("Feeds that are no longer configured, and of which everything is loaded, are missing here: "
                    + e.getMessage());
            return Set.of();
        }
    }
}
