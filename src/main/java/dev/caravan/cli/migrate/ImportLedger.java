package dev.caravan.cli.migrate;

import dev.caravan.base.Quantity;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Progress;
import dev.caravan.feed.Feed;
import dev.caravan.migrate.lambdaloader.LoaderLedger;
import dev.caravan.migrate.lambdaloader.LoaderLedger.Seeded;
import dev.caravan.migrate.lambdaloader.LoaderTables;
import dev.caravan.operate.backfill.FeedListing;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The part of {@code caravan import} that tells the ledger what the AWS loader has loaded.
 *
 * @param progress where it is told how far it is
 * @param locked {@code loaded} or {@code waiting}: what the files of locked batches are
 */
record ImportLedger(PrintWriter out, PrintWriter progress, Optional<String> locked, boolean planOnly) {

    void run(Installation installation, LoaderTables tables) throws CommandFailed {
        List<Feed> feeds = installation.feeds().all();
        if (feeds.isEmpty()) {
            throw new CommandFailed("there are no feeds in routes/ yet: import them first, with --to");
        }
        try (S3Client s3 = installation.clients().s3();
                Progress told = new Progress(progress)) {
            FeedListing listing = installation.listing(s3);
            LoaderLedger ledger = new LoaderLedger(
                    tables,
                    s3,
                    listing,
                    installation.importedFiles(),
                    read -> told.tell(() -> Quantity.count(read, "manifest") + " read so far …"));
            decided(ledger.lockedBatches());
            for (Feed feed : feeds) {
                out.println(inWords(ledger.seed(
                        feed,
                        locked.filter("loaded"::equals).isPresent(),
                        !planOnly,
                        seen -> told.tell(() ->
                                Quantity.count(seen, "file") + " of feed " + feed.name() + " looked at so far …"))));
            }
        }
    }

    private void decided(List<String> batches) throws CommandFailed {
        if (!batches.isEmpty() && locked.isEmpty()) {
            throw new CommandFailed("the AWS loader's " + (batches.size() == 1 ? "batch " : "batches ")
                    + String.join(", ", batches)
                    + (batches.size() == 1 ? " is" : " are")
                    + " locked, and only the table can say whether their rows are there: look, then say --locked loaded, or"
                    + " --locked waiting to have their files loaded; nothing is written");
        }
    }

    private String inWords(Seeded feed) {
        return "feed " + feed.feed() + ": " + Quantity.count(feed.imported(), "file")
                + (planOnly ? " would be noted as loaded" : " noted as loaded")
                + (feed.known() == 0 ? "" : ", " + Quantity.count(feed.known(), "file") + " known already")
                + (feed.left() == 0
                        ? "; nothing is left"
                        : "; " + Quantity.count(feed.left(), "file") + " left: caravan backfill " + feed.feed()
                                + " has them loaded")
                + (feed.overwritten() == 0
                        ? ""
                        : " (" + Quantity.count(feed.overwritten(), "file")
                                + " of them overwritten since they were loaded)")
                + (feed.partly() == 0
                        ? ""
                        : "; " + Quantity.count(feed.partly(), "file")
                                + " noted are in some of their clusters only, by batches in error: load the others by hand");
    }
}
