package dev.caravan.cli.feeds;

import dev.caravan.base.Fault;
import dev.caravan.batch.BatchStatus;
import dev.caravan.cli.batches.BatchSummary;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.FeedName;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.feed.Feed;
import dev.caravan.feed.FeedProperty;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.ledger.read.Waits;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan describe feed}. */
@Command(
        name = "feed",
        description =
                "Tells all about a feed: its configuration as it is in force, what is not loaded, its last batches and errors.")
public final class DescribeFeed extends LedgerCommand {
    private static final int BATCHES = 10;

    @Parameters(paramLabel = "NAME", description = "The feed's name.")
    private String name = "";

    @Mixin
    private Output output = new Output();

    public DescribeFeed(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        Instant now = Instant.now();
        String feed = FeedName.known(installation, name);
        FeedsNow feeds = new FeedsNow(installation, now);
        LedgerReader reader = installation.reader();
        List<BatchRecord> failed = reader.list(BatchFilter.all().of(feed).with(Set.of(BatchStatus.ERROR)), BATCHES);
        List<BatchRecord> open = reader.open(feed);
        List<BatchRecord> newest = reader.newest(feed, Instant.MAX, BATCHES);
        Waits waits = installation.waits(
                Stream.of(open, newest, failed).flatMap(List::stream).toList());
        output.one(
                out,
                new FeedDescription(
                        FeedSummary.of(feeds.state(feed), feeds.configured(feed), reader, now),
                        feeds.configured(feed).map(FeedProperty::of).orElse(List.of()),
                        feeds.configured(feed)
                                .filter(Feed::isBatchSizeAuto)
                                .map(auto -> FeedDescription.AutoBatch.of(
                                        auto, installation.autoBatches().pace(auto)))
                                .orElse(null),
                        faults(installation.feeds(), feed),
                        summaries(open, waits),
                        summaries(newest, waits),
                        summaries(failed, waits),
                        FeedDescription.LastError.of(failed).orElse(null)),
                description -> description.inWords(now));
    }

    private static List<String> faults(Feeds feeds, String feed) {
        return feeds.faults().stream()
                .filter(fault -> fault.key().replaceFirst("[.][^.]*$", "").equals(feed))
                .map(Fault::toString)
                .toList();
    }

    private static List<BatchSummary> summaries(List<BatchRecord> batches, Waits waits) {
        return batches.stream().map(batch -> BatchSummary.of(batch, waits)).toList();
    }
}
