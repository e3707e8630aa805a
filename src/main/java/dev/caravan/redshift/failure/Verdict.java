package dev.caravan.redshift.failure;

/**
 * What a rule says of a failure.
 *
 * @param kind what follows from it
 * @param problem what is wrong, without a full stop
 * @param advice what to do, a sentence
 * @param clue where to look for the file that is at fault
 */
record Verdict(CopyFailure.Kind kind, String problem, String advice, CopyFailure.Clue clue) {
    static final String AGAIN = "Caravan tries again later.";
    static final String REPROCESS = ", then reprocess the batch.";

    Verdict(CopyFailure.Kind kind, String problem, String advice) {
        this(kind, problem, advice, CopyFailure.Clue.NONE);
    }
}
