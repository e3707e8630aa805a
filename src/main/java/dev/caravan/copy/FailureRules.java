package dev.caravan.copy;

import static dev.caravan.copy.CopyFailure.Kind.ALREADY_LOADED;
import static dev.caravan.copy.CopyFailure.Kind.AWAY;
import static dev.caravan.copy.CopyFailure.Kind.BAD_DATA;
import static dev.caravan.copy.CopyFailure.Kind.FATAL;
import static dev.caravan.copy.CopyFailure.Kind.PASSING;
import static dev.caravan.copy.CopyFailure.Kind.READABLE;
import static dev.caravan.copy.CopyFailure.Kind.UNREACHABLE;

import dev.caravan.batch.UnloadableBatch;
import dev.caravan.ledger.LedgerUnavailable;
import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The one list of what failures mean. A rule for the database knows the beginning of the SQLState, or words of the message (server detail
 * included), or both; the first that fits decides. Words come before states, since Redshift reports much under XX000.
 */
final class FailureRules {
    private FailureRules() {}

    /**
     * @param problem what is wrong, without a full stop
     * @param advice what to do, a sentence
     */
    record Verdict(CopyFailure.Kind kind, String problem, String advice) {}

    private record SqlRule(String state, Pattern words, Verdict verdict) {
        boolean fits(String sqlState, String message) {
            return sqlState.startsWith(state) && words.matcher(message).find();
        }
    }

    static final Verdict UNKNOWN_SQL =
            new Verdict(FATAL, "the cluster refused the load", "Correct what it says, then reprocess the batch.");
    static final Verdict UNKNOWN_OTHER = new Verdict(
            PASSING, "the load was interrupted", "Caravan tries again; look into it if it keeps happening.");

    private static final String AGAIN = "Caravan tries again later.";
    private static final String REPROCESS = ", then reprocess the batch.";
    private static final String UNKNOWN_OUTCOME =
            "Caravan asks the cluster's ledger whether the rows are there and tries again if not.";

    /** The same beneath a failure of the database's connection. */
    static final Verdict NO_ANSWER = new Verdict(UNREACHABLE, "the connection to the cluster failed", UNKNOWN_OUTCOME);

    static final Verdict CONNECTION = new Verdict(PASSING, "the connection failed", UNKNOWN_OUTCOME);

    private static final List<SqlRule> SQL = List.of(
            rule(
                    "",
                    CopyStatement.ALREADY_LOADED
                            + "[^'\\s]", // not the guard's own text, should a message repeat the statement
                    ALREADY_LOADED,
                    "the cluster holds the batch",
                    "Nothing is to be done."),
            rule(
                    "",
                    CopyStatement.READABLE + "\\d",
                    READABLE,
                    "the cluster can read the files",
                    "The trial was rolled back."),
            rule(
                    "28000",
                    "not authorized to perform",
                    FATAL,
                    "AWS doesn't let Caravan use the cluster's Data API",
                    "Allow it what the message names (README, Permissions)" + REPROCESS),
            rule("", "ThrottlingException", PASSING, "AWS gets more requests from this account than it takes", AGAIN),
            rule(
                    "3D000",
                    "endpoint doesn't exist",
                    AWAY,
                    "AWS knows no such workgroup or cluster",
                    "Correct workgroupName or clusterIdentifier, and region, of the cluster's bean; Caravan tries again later."),
            rule(
                    "",
                    "resize mode|ONLY read-only queries|maintenance mode",
                    AWAY,
                    "the cluster is being resized or maintained",
                    AGAIN),
            rule(
                    "",
                    "^(?:ERROR:?\\s*)?1023\\b|serializable isolation violation",
                    PASSING,
                    "another transaction got in the way",
                    AGAIN),
            rule("40", "", PASSING, "another transaction got in the way", AGAIN),
            rule(
                    "",
                    "NoSuchBucket",
                    FATAL,
                    "the bucket does not exist",
                    "Correct the feed's prefix or create the bucket" + REPROCESS),
            rule(
                    "",
                    "InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken",
                    FATAL,
                    "S3 refuses the keys that the cluster was given",
                    "Correct the feed's accessKeyId and secretAccessKey, or Caravan's own credentials" + REPROCESS),
            rule("", "ExpiredToken|token has expired", PASSING, "the keys that the cluster was given ran out", AGAIN),
            rule(
                    "",
                    "AccessDenied|Access Denied|Status 403|not authorized to get credentials|not associated (?:to|with) (?:the )?cluster|not authorized to assume",
                    FATAL,
                    "the cluster may not read the files with the feed's iamRole or keys",
                    "Let the role read the bucket, and associate it with the cluster" + REPROCESS),
            rule(
                    "",
                    "problem reading manifest file",
                    PASSING,
                    "the cluster could not read the manifest",
                    "Caravan writes it again and tries again."),
            rule(
                    "",
                    "NoSuchKey|key does not exist|Status 404|mandatory url is not present",
                    BAD_DATA,
                    "a file of the batch is no longer in S3",
                    "Put it back if it is missed, then reload it."),
            rule(
                    "",
                    "SlowDown|Status 5\\d\\d|S3CurlException|RequestTimeout|InternalError",
                    PASSING,
                    "S3 did not answer the cluster in time",
                    AGAIN),
            rule("", "S3ServiceException", FATAL, "S3 refused the cluster", "Correct what it says" + REPROCESS),
            rule(
                    "",
                    // Its context is cut off after 256 bytes, so that the words behind a file's name may be missing.
                    "Spectrum Scan Error.*code:\\s*15007|incompatible (?:Parquet|ORC) schema|invalid version number"
                            + "|Invalid AVRO|Cannot insert a NULL value",
                    BAD_DATA,
                    "the cluster can't read a file of the batch into the table",
                    "Correct the file, or the table" + REPROCESS),
            rule(
                    "",
                    "load into table .* failed|stl_load_errors|sys_load_error_detail",
                    BAD_DATA,
                    "the cluster refused rows of the batch",
                    "Correct the files named in the bad rows, or the table" + REPROCESS),
            rule("", "disk full", AWAY, "the cluster's disk is full", "Free or add space; Caravan tries again later."),
            rule("53100", "", AWAY, "the cluster's disk is full", "Free or add space; Caravan tries again later."),
            rule("53300", "", AWAY, "the cluster has no connection to spare", AGAIN),
            rule("53", "", AWAY, "the cluster is short of something", AGAIN),
            rule(
                    "57014",
                    "",
                    PASSING,
                    "the statement was cancelled or ran into a timeout",
                    "Caravan tries again; raise the timeout if it keeps happening."),
            rule("57P", "", AWAY, "the cluster is restarting", AGAIN),
            rule("55P03", "", PASSING, "a lock could not be had", AGAIN),
            rule(
                    "",
                    "concurrently updated|concurrent transaction",
                    PASSING,
                    "another transaction got in the way",
                    AGAIN),
            rule("23505", "pg_", PASSING, "another instance created the same table at the same time", AGAIN),
            rule("42P07", "", PASSING, "another instance created the same table at the same time", AGAIN),
            rule(
                    "28",
                    "",
                    AWAY,
                    "the cluster refused the user or the password",
                    "Correct them where application.properties has them from; Caravan reads secrets and files again, and tries again."),
            rule(
                    "3D000",
                    "",
                    FATAL,
                    "the database does not exist",
                    "Correct the database's name in the cluster's URL" + REPROCESS),
            new SqlRule("08", Pattern.compile(""), NO_ANSWER),
            rule("42501", "", FATAL, "the cluster's user lacks a permission", "Grant it" + REPROCESS),
            rule("42P01", "", FATAL, "the table does not exist", "Create it, or correct the feed's table" + REPROCESS),
            rule("3F000", "", FATAL, "the schema does not exist", "Create it, or correct the feed's table" + REPROCESS),
            rule(
                    "42701",
                    "already exists",
                    PASSING,
                    "another load has added a column meanwhile",
                    "Caravan compares the table with the files again"),
            rule("42703", "", FATAL, "a column does not exist", "Correct the feed's columns or the table" + REPROCESS),
            rule(
                    "42601",
                    "",
                    FATAL,
                    "the cluster does not understand the statement",
                    "Correct the feed's copyOptions" + REPROCESS));

    /** What a rule says of this one exception, its causes aside; empty if none knows it. */
    static Optional<Verdict> verdict(Throwable t) {
        if (t instanceof SQLException sql) {
            return ofSql(sql);
        }
        if (t instanceof LedgerUnavailable) {
            return Optional.of(new Verdict(PASSING, "the ledger did not answer", AGAIN));
        }
        if (t instanceof AwsServiceException aws) {
            return Optional.of(ofAws(aws));
        }
        if (t instanceof CertificateException || t instanceof CertPathValidatorException) {
            return Optional.of(new Verdict(
                    FATAL,
                    "the other side's certificate is not trusted",
                    "Correct the trust store or the host name" + REPROCESS));
        }
        if (t instanceof SdkClientException) {
            return Optional.of(new Verdict(PASSING, "AWS could not be reached", AGAIN));
        }
        if (t instanceof IOException) {
            return Optional.of(CONNECTION);
        }
        if (t instanceof UnloadableBatch) {
            return Optional.of(
                    new Verdict(FATAL, "the batch can't be loaded as it stands", "Look into it" + REPROCESS));
        }
        if (t instanceof IllegalArgumentException) {
            return Optional.of(
                    new Verdict(FATAL, "the feed's configuration does not make a load", "Correct it" + REPROCESS));
        }
        return Optional.empty();
    }

    private static Optional<Verdict> ofSql(SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        String message = sql.getMessage() == null ? "" : sql.getMessage();
        Optional<Verdict> known = SQL.stream()
                .filter(rule -> rule.fits(state, message))
                .map(SqlRule::verdict)
                .findFirst();
        return known.isEmpty() && sql instanceof SQLTransientConnectionException
                ? Optional.of(new Verdict(UNREACHABLE, "no connection to the cluster was to be had in time", AGAIN))
                : known;
    }

    private static Verdict ofAws(AwsServiceException aws) {
        int status = aws.statusCode();
        return status >= 500 || status == 408 || status == 429 || aws.isThrottlingException()
                ? new Verdict(PASSING, "AWS did not answer in time", AGAIN)
                : new Verdict(FATAL, "AWS refused a request", "Correct what it says" + REPROCESS);
    }

    private static SqlRule rule(String state, String words, CopyFailure.Kind kind, String problem, String advice) {
        return new SqlRule(
                state,
                Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.DOTALL),
                new Verdict(kind, problem, advice));
    }
}
