package dev.caravan.operate.doctor.trial;

/** What became of the attempt to prove something. */
public sealed interface Result {
    /** What was seen: for a failure that was wanted, with the cluster's own text. */
    String words();

    /** It is so. */
    record Proven(String words) implements Result {}

    /**
     * It isn't so.
     *
     * @param meaning for whoever loads with Caravan into such a cluster, and what to do
     */
    record Differs(String words, String meaning) implements Result {}

    /**
     * Nobody knows.
     *
     * @param words why it was not tried
     */
    record NotTried(String words) implements Result {}
}
