package dev.caravan.doctor;

import dev.caravan.copy.CopyFailure;
import dev.caravan.copy.CopyFailure.Kind;

/**
 * What Caravan is to make of a failure.
 *
 * @param problem how its words for it begin
 * @param otherwise what it means if it makes something else of it
 */
record Verdict(Kind kind, String problem, String otherwise) {
    private static final String NOT_SET_ASIDE =
            "such a file would fail its batch, or be tried again and again, instead of being set aside: send this report in";
    private static final String MISLED = "people would be told another reason, or too late: send this report in";

    static final Verdict MISSING = new Verdict(Kind.BAD_DATA, "a file of the batch is no longer in S3", NOT_SET_ASIDE);
    static final Verdict BAD_ROWS = new Verdict(Kind.BAD_DATA, "the cluster refused rows of the batch", NOT_SET_ASIDE);
    static final Verdict BAD_FILE =
            new Verdict(Kind.BAD_DATA, "the cluster can't read a file of the batch into the table", NOT_SET_ASIDE);
    static final Verdict WRONG_KEYS = new Verdict(Kind.FATAL, "S3 refuses the keys", MISLED);
    static final Verdict UNREADABLE = new Verdict(Kind.FATAL, "the cluster may not read the files", MISLED);
    static final Verdict OTHER_REGION = new Verdict(Kind.FATAL, "", MISLED);
    static final Verdict NO_TABLE = new Verdict(Kind.FATAL, "the table does not exist", MISLED);

    boolean fits(CopyFailure failure) {
        return failure.kind() == kind && failure.problem().startsWith(problem);
    }
}
