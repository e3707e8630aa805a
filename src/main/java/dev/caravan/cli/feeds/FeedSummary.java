package dev.caravan.cli.feeds;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.caravan.batch.BatchStatus;
import dev.caravan.cli.shell.Page;
import dev.caravan.feed.Feed;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.LedgerReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a list says of a feed.
 *
 * @param table empty if the feed is no longer configured
 * @param clusters none if the feed is no longer configured
 * @param lastLoad when its last batch was complete; absent if there is none among those that are looked at
 * @param badFiles files quarantined from its newest batches of the last 7 days, counted once for each cluster that refused one
 */
record FeedSummary(
        @JsonUnwrapped FeedState state,
        String table,
        List<String> clusters,
        @Nullable Instant lastLoad,
        long badFiles) {
    static final List<String> COLUMNS = List.of(
            "FEED",
            "TABLE",
            "CLUSTERS",
            "OPEN",
            "DUE",
            "LAG",
            "LAST LOAD",
            "LOCKED",
            "HELD",
            "ERROR",
            "BAD FILES",
            "NOTE");

    /** So many of a feed's newest batches are looked at. */
    static final int LOOKED_AT = 100;

    private static final Duration BAD_FILES_FOR = Duration.ofDays(7);

    /** Asks for a feed's newest batches, and once more if they don't tell its last load. */
    static FeedSummary of(FeedState state, Optional<Feed> feed, LedgerReader reader, Instant now) {
        List<BatchRecord> newest = reader.newest(state.feed(), Instant.MAX, LOOKED_AT);
        Optional<Instant> lastLoad = lastLoad(newest);
        Instant oldest = state.oldest();
        if (lastLoad.isEmpty() && oldest != null && newest.size() == LOOKED_AT) {
            lastLoad = lastLoad(reader.newest(state.feed(), oldest, LOOKED_AT));
        }
        return new FeedSummary(
                state,
                feed.map(Feed::table).orElse(""),
                feed.map(Feed::clusters).orElse(List.of()),
                lastLoad.orElse(null),
                newest.stream()
                        .map(BatchRecord::batch)
                        .filter(batch -> batch.first().isAfter(now.minus(BAD_FILES_FOR)))
                        .mapToLong(batch -> batch.quarantined())
                        .sum());
    }

    private static Optional<Instant> lastLoad(List<BatchRecord> batches) {
        return batches.stream()
                .filter(record -> record.batch().status() == BatchStatus.COMPLETE)
                .flatMap(record -> record.ended().stream())
                .max(Comparator.naturalOrder());
    }

    /** A text for each of the {@link #COLUMNS}. */
    List<String> row(Instant now) {
        return List.of(
                state.feed(),
                table.isEmpty() ? "-" : table,
                clusters.isEmpty() ? "-" : String.join(", ", clusters),
                state.openInWords(),
                state.due(now),
                state.lag(now),
                lastLoad == null ? "-" : Page.age(lastLoad, now) + " ago",
                Long.toString(state.locked()),
                Long.toString(state.held()),
                Long.toString(state.errors()),
                Long.toString(badFiles),
                state.note());
    }
}
