package dev.caravan.operate.housekeeping;

import dev.caravan.batch.Batch;
import dev.caravan.feed.Feed;
import dev.caravan.feed.capture.Unresolved;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Which tables of a cluster a feed loads. */
public final class FeedTables {
    /** Of a feed whose table depends on the object, the newest batches tell. */
    public static final int LOOKED_AT = 1_000;

    private final Function<Feed, List<Batch>> newest;

    /** @param newest a feed's newest batches, {@link #LOOKED_AT} at most */
    public FeedTables(Function<Feed, List<Batch>> newest) {
        this.newest = newest;
    }

    /** Texts that {@link dev.caravan.redshift.target.TableName#of} takes. */
    Set<String> of(Feed feed, String cluster) {
        if (!feed.isCapturing()) {
            return Set.of(feed.in(cluster).table());
        }
        Set<String> tables = new TreeSet<>();
        for (Batch batch : newest.apply(feed)) {
            try {
                tables.add(feed.ofBatch(batch.key()).in(cluster).table());
            } catch (Unresolved e) {
                // a batch of another pattern: nobody knows its table any more
            }
        }
        return tables;
    }
}
