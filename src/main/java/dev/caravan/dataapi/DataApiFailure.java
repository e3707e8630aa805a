package dev.caravan.dataapi;

import dev.caravan.redshift.failure.ClusterError;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Failures as a driver would report them. The Data API tells of a statement's failure in the driver's words, without the SQLState, which is found
 * again in them; of a request's, by an exception of its own.
 */
final class DataApiFailure {
    /** Nobody knows whether the statement runs, ran or will run. */
    static final String UNKNOWN_OUTCOME = "08006";

    private static final int SERVER_ERROR = 500;

    private DataApiFailure() {}

    private record Rule(Pattern words, String sqlState) {}

    /**
     * How a statement's primary message begins: what comes behind may quote what a producer wrote. The first that fits; a state that the words alone
     * tell anyway may be missing.
     */
    private static final List<Rule> STATEMENTS = List.of(
            rule("^User: arn:\\S+ is not authorized to perform", "28000"),
            rule("^Cannot COPY into nonexistent table |^(?:relation|table) .*(?:does not exist|not found)$", "42P01"),
            rule("^schema .*does not exist\\.?$", "3F000"),
            rule("^database .*does not exist$", "3D000"),
            rule("^password authentication failed|^user .*does not exist$", "28000"),
            rule("^column .*already exists$", "42701"),
            rule("^column .*does not exist$", "42703"),
            rule("^permission denied|^must be owner", "42501"),
            rule("^syntax error", "42601"),
            rule("^serializable isolation violation|^deadlock detected", "40001"),
            rule("^disk full", "53100"),
            rule("^connection limit|^too many connections|^(?:sorry, )?too many clients", "53300"),
            rule("^terminating connection due to administrator command", "57P01"),
            rule("^the database system is ", "57P03"),
            rule("^Cannot execute (?:write )?query because", "57014"),
            rule("^query .*cancell?ed|^canceling statement|^statement timeout|^aborted by", "57014"),
            rule("^could not obtain lock", "55P03"),
            rule("^duplicate key", "23505"),
            rule("^relation .*already exists$", "42P07"),
            rule("^invalid input syntax|^invalid digit", "22P02"),
            rule("^(?:An )?I/O error|^The connection|^Connection|^broken pipe", UNKNOWN_OUTCOME));

    private static final List<Rule> REQUESTS = List.of(
            rule("AccessDenied|not authorized to perform", "28000"),
            rule("ActiveStatementsExceeded|ActiveSessionsExceeded", "53400"),
            rule("DatabaseConnection", "08001"),
            rule("QueryTimeout", "57014"),
            rule("session\\b.*\\b(?:not available|is invalid)", UNKNOWN_OUTCOME),
            rule("doesn't exist", "3D000"),
            rule("not available|unavailable|paus|resum|maintenance", "57P03"));

    /** A statement or batch that FAILED or was ABORTED. */
    static SQLException ofStatement(@Nullable String error) {
        String words = error == null || error.isBlank() ? "the statement was aborted by the Data API" : error.strip();
        return new SQLException(
                words, state(STATEMENTS, ClusterError.of("", words).primary(), "XX000"));
    }

    /** A request that was refused, or whose answer never came. */
    static SQLException ofRequest(SdkException thrown) {
        if (!(thrown instanceof AwsServiceException answer)) {
            Throwable root = root(thrown);
            return new SQLException(
                    "the Data API can't be reached: " + thrown.getMessage(),
                    UNKNOWN_OUTCOME,
                    root == thrown ? null : root);
        }
        String code = answer.awsErrorDetails() == null
                ? thrown.getClass().getSimpleName()
                : String.valueOf(answer.awsErrorDetails().errorCode());
        String words = "the Data API says: "
                + (answer.awsErrorDetails() == null
                        ? thrown.getMessage()
                        : answer.awsErrorDetails().errorMessage())
                + " (" + code + ")";
        return new SQLException(
                words, answer.statusCode() >= SERVER_ERROR ? UNKNOWN_OUTCOME : state(REQUESTS, words, "XX000"));
    }

    /** Beneath the SDK's own, which say less: a connection's or a certificate's. */
    private static Throwable root(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String state(List<Rule> rules, String words, String otherwise) {
        return rules.stream()
                .filter(rule -> rule.words().matcher(words).find())
                .map(Rule::sqlState)
                .findFirst()
                .orElse(otherwise);
    }

    private static Rule rule(String words, String sqlState) {
        return new Rule(Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), sqlState);
    }
}
