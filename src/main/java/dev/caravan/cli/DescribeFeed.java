package dev.caravan.cli;

import dev.caravan.batch.BatchStatus;
import dev.caravan.feed.Fault;
import dev.caravan.feed.Feed;
import dev.caravan.feed.FeedProperty;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.LedgerReader;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan describe feed}. */
@Command(
        name = "feed",
        description =
                "Tells all about a feed: its configuration as it is in force, what is not loaded, its last batches and errors.")
final class DescribeFeed extends LedgerCommand {
    private static final int BATCHES = 10;

    @Parameters(paramLabel = "NAME", description = "The feed's name.")
    private String name = "";

    @Mixin
    private Output output = new Output();

    DescribeFeed(PrintWriter out) {
        super(out);
    }

    @Override
    void ask(Installation installation) throws CommandFailed {
        Instant now = Instant.now();
        String feed = FeedName.known(installation, name);
        FeedsNow feeds = new FeedsNow(installation, now);
        LedgerReader reader = installation.reader();
        List<BatchRecord> failed = reader.list(BatchFilter.all().of(feed).with(Set.of(BatchStatus.ERROR)), BATCHES);
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
                        summaries(reader.open(feed)),
                        summaries(reader.newest(feed, Instant.MAX, BATCHES)),
                        summaries(failed),
                        FeedDescription.LastError.of(failed).orElse(null)),
                description -> description.inWords(now));
    }

    private static List<String> faults(Feeds feeds, String feed) {
        return feeds.faults().stream()
                .filter(fault -> fault.key().replaceFirst("[.][^.]*$", "").equals(feed))
                .map(Fault::toString)
                .toList();
    }

    private static List<BatchSummary> summaries(List<BatchRecord> batches) {
        return batches.stream().map(BatchSummary::of).toList();
    }
}
