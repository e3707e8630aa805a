package dev.caravan.operate.backfill;

import dev.caravan.batch.BatchLimits;
import dev.caravan.feed.Feed;
import dev.caravan.s3.event.ObjectCreated;
import dev.caravan.s3.listing.ListedObject;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The files of a feed that the ledger doesn't know. They are listed afresh for the plan and for sending, so that memory doesn't grow with
 * them. See {@link FeedListing#forEach} for what the methods throw.
 *
 * @param prefix what their keys begin with; begins with the feed's own prefix
 * @param since only what was modified then or later
 * @param until only what was modified before
 * @param memory what the ledger remembers: older objects are left out
 * @param forgotten whether those are loaded nonetheless, though they may have been loaded before: a person must have asked for that by name
 */
public record UnknownFiles(
        FeedListing listing, Feed feed, String prefix, Instant since, Instant until, Memory memory, boolean forgotten) {

    /**
     * Counts them.
     *
     * @param progress hears how many files were looked at
     */
    public BackfillPlan plan(LongConsumer progress) {
        Count count = new Count(new BatchLimits(feed.batchSize(), feed.batchBytes(), feed.batchTimeout()));
        listing.forEach(feed, prefix, this::isInPeriod, file -> {
            if (file.known().isPresent()) {
                count.known++;
            } else if (isForgotten(file.listed()) && !forgotten) {
                count.forgotten++;
            } else if (file.listed().archived()) {
                count.archived++;
            } else {
                count.forgotten += isForgotten(file.listed()) ? 1 : 0;
                count.add(file.file().size());
            }
            progress.accept(++count.seen);
        });
        return count.plan();
    }

    /** Hands each to a consumer. */
    public void forEach(Consumer<ObjectCreated> consumer) {
        listing.forEach(feed, prefix, listed -> !listed.archived() && isInPeriod(listed), file -> {
            if (file.known().isEmpty() && (forgotten || !isForgotten(file.listed()))) {
                consumer.accept(file.listed().object());
            }
        });
    }

    private boolean isForgotten(ListedObject listed) {
        return !memory.covers(listed.object().created());
    }

    private boolean isInPeriod(ListedObject listed) {
        Instant modified = listed.object().created();
        return !modified.isBefore(since) && modified.isBefore(until);
    }

    private static final class Count {
        private final BatchLimits limits;
        private long files;
        private long bytes;
        private long known;
        private long forgotten;
        private long archived;
        private long seen;
        private long completeBatches;
        private long openFiles;
        private long openBytes;

        Count(BatchLimits limits) {
            this.limits = limits;
        }

        void add(long size) {
            files++;
            bytes += size;
            openFiles++;
            openBytes += size;
            if (limits.reachedBy(openFiles, openBytes)) {
                completeBatches++;
                openFiles = 0;
                openBytes = 0;
            }
        }

        BackfillPlan plan() {
            return new BackfillPlan(
                    files, bytes, completeBatches + (openFiles > 0 ? 1 : 0), known, forgotten, archived);
        }
    }
}
