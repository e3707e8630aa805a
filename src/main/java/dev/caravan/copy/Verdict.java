package dev.caravan.copy;

/**
 * What a rule says of a failure.
 *
 * @param kind what follows from it
 * @param problem what is wrong, without a full stop
 * @param advice what to do, a sentence
 * @param missing whether an object isn't there
 */
record Verdict(CopyFailure.Kind kind, String problem, String advice, boolean missing) {
    static final String AGAIN = "Caravan tries again later.";
    static final String REPROCESS = ", then reprocess the batch.";

    Verdict(CopyFailure.Kind kind, String problem, String advice) {
        this(kind, problem, advice, false);
    }
}
