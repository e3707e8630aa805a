package dev.caravan.steps;

import java.util.List;

/** A batch isn't in every cluster of its feed yet, and that may pass. */
public final class NotYetLoaded extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NotYetLoaded(String batch, List<String> clusters, String reason) {
        super("batch " + batch + " is not in cluster " + String.join(", ", clusters) + " yet: " + reason);
        this.reason = reason;
    }

    /** What the ledger was told: why, by the last cluster that was tried. */
    String reason() {
        return reason;
    }
}
