package dev.caravan.load;

import java.util.List;

/** A batch isn't in every cluster of its feed yet, and that may pass. */
public final class NotYetLoaded extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> clusters;
    private final transient List<String> withoutRoom;
    private final String reason;

    NotYetLoaded(String batch, List<String> clusters, List<String> withoutRoom, String reason) {
        super("batch " + batch + " is not in cluster " + String.join(", ", clusters) + " yet: " + reason);
        this.clusters = clusters;
        this.withoutRoom = withoutRoom;
        this.reason = reason;
    }

    /** The clusters that don't have it, at least one. */
    List<String> clusters() {
        return clusters;
    }

    /** Those of them that were not tried because too many batches of the feed wait for their turn there. */
    List<String> withoutRoom() {
        return withoutRoom;
    }

    /** Why, in the words of the last cluster that was tried; never empty. */
    String reason() {
        return reason;
    }
}
