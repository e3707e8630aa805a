package dev.caravan.ledger;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The names of the lists in which batches wait, as {@link Ledger#hold} and its like take them. A batch stands in one list, which names all that it
 * waits for, so that it is found whichever of these comes first: {@code east}, {@code east,west}, {@code turn:web:east}. No cluster's and no feed's
 * name has a comma, colon or hash sign. What waits for the end of a feed's pause is {@link FeedPauses#waitedFor}.
 */
public final class WaitingList {
    private static final String TURN = "turn:";

    private WaitingList() {}

    /** Of batches that are loaded when one of these clusters takes loads again. */
    public static String clusters(Collection<String> clusters) {
        return String.join(",", new TreeSet<>(clusters));
    }

    /** Of a feed's batches that are loaded when one of these clusters takes loads, and has room for one more of the feed. */
    public static String turn(String feed, Collection<String> clusters) {
        return TURN + feed + ":" + clusters(clusters);
    }

    /** The feed that waits for room; empty in a list of another kind. */
    public static Optional<String> feedInTurn(String list) {
        return list.startsWith(TURN)
                ? Optional.of(list.substring(TURN.length(), list.lastIndexOf(':')))
                : Optional.empty();
    }

    /** The clusters of which one is enough; none if a feed's pause is waited for. */
    public static List<String> clustersOf(String list) {
        return FeedPauses.feedWaitedFor(list).isPresent()
                ? List.of()
                : Arrays.asList(list.substring(list.lastIndexOf(':') + 1).split(","));
    }

    /** What is waited for, in words. */
    public static String inWords(String list) {
        String clusters = String.join(" or ", clustersOf(list));
        return feedInTurn(list).isPresent() ? "its turn in " + clusters : clusters;
    }
}
