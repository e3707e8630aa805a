package dev.caravan.pipeline.s3toredshift;

import dev.caravan.s3.event.ObjectCreated;

/** No feed wants an object, and {@code caravan.unmatched} says that it is to be parked. */
public final class UnmatchedObject extends Exception {
    private static final long serialVersionUID = 1L;

    UnmatchedObject(ObjectCreated object) {
        super("no feed wants " + object.url()
                + ": add a feed with its prefix to routes/feeds.camel.yaml, then give the command caravan redrive");
    }
}
