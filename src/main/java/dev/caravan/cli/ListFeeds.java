package dev.caravan.cli;

import dev.caravan.ledger.LedgerReader;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code caravan list feeds}. */
@Command(
        name = "feeds",
        description = {
            "Lists the feeds, with those that are no longer configured but still have batches.",
            "",
            "OPEN is what is in the open batch, and DUE when that is loaded at the latest. LAG is the age of the oldest file that is not"
                    + " yet loaded. LOCKED batches are being loaded or tried again at a time, HELD ones wait for a cluster or for the"
                    + " end of a pause. ERROR counts the batches that have failed, BAD FILES the files that were quarantined in the"
                    + " last 7 days, in at most the newest " + FeedSummary.LOOKED_AT + " batches."
        })
final class ListFeeds extends LedgerCommand {
    @Mixin
    private Output output = new Output();

    ListFeeds(PrintWriter out) {
        super(out);
    }

    @Override
    void ask(Installation installation) {
        Instant now = Instant.now();
        FeedsNow feeds = new FeedsNow(installation, now);
        LedgerReader reader = installation.reader();
        List<FeedSummary> all = feeds.all().stream()
                .map(state -> FeedSummary.of(state, feeds.configured(state.feed()), reader, now))
                .toList();
        output.list(out, all, FeedSummary.COLUMNS, feed -> feed.row(now), "There is no feed: add one to routes/");
        if (!output.isJson() && !feeds.caveat().isEmpty()) {
            out.println(feeds.caveat());
        }
    }
}
