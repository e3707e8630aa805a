package dev.caravan.operate.doctor.trial;

import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.redshift.failure.CopyFailure.Kind;

/**
 * What Caravan is to make of a failure.
 *
 * @param problem how its words for it begin
 * @param missing whether an object isn't there: then the words may differ
 * @param otherwise what it means if it makes something else of it
 */
record Verdict(Kind kind, String problem, boolean missing, String otherwise) {
    private static final String NOT_SET_ASIDE =
            "such a file would fail its batch, or be tried again and again, instead of being set aside: send this report in";
    private static final String MISLED = "people would be told another reason, or too late: send this report in";

    static final Verdict MISSING = new Verdict(Kind.BAD_DATA, "", true, NOT_SET_ASIDE);
    static final Verdict BAD_ROWS = setAside("the cluster refused rows of the batch");
    static final Verdict BAD_FILE = setAside("the cluster can't read a file of the batch into the table");
    static final Verdict WRONG_KEYS = fatal("S3 refuses the keys");
    static final Verdict UNREADABLE = fatal("the cluster may not read the files");
    static final Verdict OTHER_REGION = fatal("the bucket is in another Region");
    static final Verdict NO_TABLE = fatal("the table does not exist");

    private static Verdict setAside(String problem) {
        return new Verdict(Kind.BAD_DATA, problem, false, NOT_SET_ASIDE);
    }

    private static Verdict fatal(String problem) {
        return new Verdict(Kind.FATAL, problem, false, MISLED);
    }

    boolean fits(CopyFailure failure) {
        return failure.kind() == kind && failure.problem().startsWith(problem) && failure.missing() == missing;
    }

    String inWords() {
        return missing ? "an object that isn't there" : problem;
    }
}
