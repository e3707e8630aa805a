package dev.caravan.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which feeds are paused: their files go on being recorded and their batches locked, but nothing of them is loaded. Known to all instances.
 * Failures are a {@link LedgerUnavailable}, as in {@link Ledger}.
 */
public interface FeedPauses {
    /** Begins the name of what is waited for, if that is not a cluster. */
    String FEED = "feed:";

    /** What a batch waits for whose feed is paused, as {@link Ledger#hold} and its like name it; a cluster's name has no colon. */
    static String waitedFor(String feed) {
        return FEED + feed;
    }

    /** The feed whose end of pause is waited for; empty if a cluster is. */
    static Optional<String> feedWaitedFor(String name) {
        return name.startsWith(FEED) ? Optional.of(name.substring(FEED.length())) : Optional.empty();
    }

    /** All pauses, read consistently. */
    List<Pause> all();

    /**
     * Pauses a feed.
     *
     * @param reason why, for whoever asks; may be empty
     * @return the pause: this one, or the one that was there before and stays as it is
     */
    Pause pause(String feed, String reason);

    /** Ends a feed's pause. Returns it; empty if there was none. */
    Optional<Pause> resume(String feed);

    /**
     * A feed of which nothing is loaded.
     *
     * @param feed its name
     * @param since when the pause began
     * @param reason why; may be empty
     */
    record Pause(String feed, Instant since, String reason) {}
}
