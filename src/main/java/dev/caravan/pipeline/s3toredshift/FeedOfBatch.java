package dev.caravan.pipeline.s3toredshift;

import dev.caravan.batch.Batch;
import dev.caravan.batch.LoadSettings;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.feed.Feeds;
import dev.caravan.feed.capture.Unresolved;

/** Finds a batch's feed, as it is configured now. */
public final class FeedOfBatch implements LoadSettings.Lookup {
    private final Feeds feeds;

    public FeedOfBatch(Feeds feeds) {
        this.feeds = feeds;
    }

    @Override
    public LoadSettings of(Batch batch) {
        try {
            return feeds.named(batch.feed())
                    .orElseThrow(() -> new UnloadableBatch("feed " + batch.feed()
                            + " is not configured any more: put it back into routes/feeds.camel.yaml, then reprocess"
                            + " batch " + batch.id()))
                    .ofBatch(batch.key());
        } catch (Unresolved e) {
            throw new UnloadableBatch(
                    "feed " + batch.feed() + " doesn't say any more into which table the batch goes: " + e.getMessage()
                            + ". Put its keyPattern, table and options back, then reprocess batch " + batch.id());
        }
    }
}
