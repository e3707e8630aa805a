package dev.caravan.operate.reconcile;

import dev.caravan.feed.Feed;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.operate.backfill.FeedListing;
import dev.caravan.operate.backfill.ListedFile;
import dev.caravan.operate.reconcile.Difference.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Compares what S3 has of a feed with the ledger, and the ledger with the clusters.
 *
 * @param since only objects that were modified, and batches that began, then or later, as far back as the ledger remembers
 * @param keep how long it does
 * @param now what is younger than ten minutes may be on its way
 */
public record Reconciliation(
        FeedListing listing, BatchComparison batches, Feed feed, Instant since, Duration keep, Instant now) {
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(10);

    /** What the ledger is about to forget can't be told from what it never knew. */
    private static final Duration FORGETTING = Duration.ofDays(1);

    /**
     * Finds all differences.
     *
     * @param progress hears how many objects were looked at
     */
    public void run(Consumer<Difference> differences, LongConsumer progress) {
        long[] seen = {0};
        Instant settled = now.minus(ON_ITS_WAY);
        Instant remembered = now.minus(keep).plus(FORGETTING);
        Instant from = since.isBefore(remembered) ? remembered : since;
        listing.forEach(
                feed,
                feed.keyPrefix(),
                listed -> listed.object().created().isBefore(settled)
                        && !listed.object().created().isBefore(from),
                file -> {
                    compare(file, differences);
                    progress.accept(++seen[0]);
                });
        batches.run(feed, from, now, differences);
    }

    private void compare(ListedFile file, Consumer<Difference> differences) {
        if (file.known().isEmpty()) {
            differences.accept(new Difference(
                    Kind.UNKNOWN,
                    file.file().url(),
                    "modified " + file.file().created()
                            + (file.listed().archived()
                                    ? ", archived since: restore it, then caravan backfill adds it"
                                    : ": caravan backfill " + file.file().feed() + " adds it")));
            return;
        }
        KnownFile known = file.known().get();
        if (!known.quarantined().isEmpty() && !batches.isDeleted(known.batch())) {
            differences.accept(new Difference(
                    Kind.QUARANTINED,
                    file.file().url(),
                    "refused by " + String.join(", ", known.quarantined().keySet()) + ": "
                            + known.quarantined().values().iterator().next().reason()));
        }
    }
}
