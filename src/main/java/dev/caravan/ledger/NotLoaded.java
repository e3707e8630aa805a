package dev.caravan.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is not loaded.
 *
 * @param feeds by the names of the feeds that have something
 * @param counted whether every batch was counted; else there are more, and an older one may be among them
 */
public record NotLoaded(Map<String, OfFeed> feeds, boolean counted) {

    /** What of a feed is not loaded. */
    public OfFeed of(String feed) {
        return feeds.getOrDefault(feed, OfFeed.NOTHING);
    }

    /**
     * What of one feed is not loaded.
     *
     * @param open its open batches
     * @param locked how many batches are being loaded, or tried again at a time
     * @param held how many wait for a cluster, or for the end of the feed's pause
     * @param errors how many have failed
     * @param oldest of the open, locked and held batches the one whose first file came first
     */
    public record OfFeed(List<BatchRecord> open, long locked, long held, long errors, Optional<BatchRecord> oldest) {
        static final OfFeed NOTHING = new OfFeed(List.of(), 0, 0, 0, Optional.empty());
    }
}
