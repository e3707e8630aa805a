package dev.caravan.operate.preflight;

import dev.caravan.base.aws.AwsProblem;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.redshift.failure.CopyFailure;
import java.sql.SQLException;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/** Questions whose failure is an answer, too. */
final class Asked {
    /** There is no such view, or no permission. */
    private static final Set<String> HIDDEN = Set.of("42P01", "42501");

    private Asked() {}

    /** A question to AWS. */
    @FunctionalInterface
    interface Aws {
        Finding ask();
    }

    /** A question to a cluster. */
    @FunctionalInterface
    interface Sql {
        Finding ask() throws SQLException;
    }

    /** What AWS answers; a refusal is a failure. */
    static Finding aws(String about, Aws question) {
        try {
            return question.ask();
        } catch (AwsRefused e) {
            return Finding.fail(about, String.valueOf(e.getMessage()));
        } catch (SdkException e) {
            return Finding.fail(about, AwsProblem.inWords("AWS", e));
        }
    }

    /** What a cluster answers; a refusal is a failure. */
    static Finding sql(String about, Sql question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            CopyFailure failure = CopyFailure.of(e);
            return Finding.fail(about, failure.problem());
        }
    }

    /** What a cluster answers from a view that it may not have, or not show to this user. */
    static Finding sqlIfItCan(String about, String view, Sql question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            CopyFailure failure = CopyFailure.of(e);
            return Finding.skip(
                    about,
                    HIDDEN.contains(failure.sqlState())
                            ? "this cluster has no " + view + " that this user may read: look yourself"
                            : failure.problem());
        }
    }
}
