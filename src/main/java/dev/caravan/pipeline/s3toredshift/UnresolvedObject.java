package dev.caravan.pipeline.s3toredshift;

import dev.caravan.feed.Feed;
import dev.caravan.feed.capture.Unresolved;
import dev.caravan.s3.event.ObjectCreated;

/** A feed wants an object, but its key doesn't say into which table, or with which options. */
public final class UnresolvedObject extends Exception {
    private static final long serialVersionUID = 1L;

    UnresolvedObject(ObjectCreated object, Feed feed, Unresolved why) {
        super("feed " + feed.name() + " can't take " + object.url() + ": " + why.getMessage()
                + ". Change the feed's keyPattern or allowedTables, then give the command caravan redrive");
    }
}
