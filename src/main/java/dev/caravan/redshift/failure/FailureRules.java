package dev.caravan.redshift.failure;

import static dev.caravan.redshift.failure.CopyFailure.Kind.ALREADY_LOADED;
import static dev.caravan.redshift.failure.CopyFailure.Kind.FATAL;
import static dev.caravan.redshift.failure.CopyFailure.Kind.PASSING;
import static dev.caravan.redshift.failure.CopyFailure.Kind.READABLE;
import static dev.caravan.redshift.failure.CopyFailure.Kind.UNREACHABLE;
import static dev.caravan.redshift.failure.Verdict.AGAIN;
import static dev.caravan.redshift.failure.Verdict.REPROCESS;

import dev.caravan.base.aws.AwsProblem;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.ledger.LedgerUnavailable;
import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What each kind of exception means: a cluster's by {@link Mark}, {@link S3Rules} and {@link ClusterRules}. */
final class FailureRules {
    private FailureRules() {}

    static final Verdict UNKNOWN_SQL = new Verdict(
            FATAL,
            "the cluster refused the load",
            "Correct what it says, then reprocess the batch.",
            CopyFailure.Clue.NAMED_OBJECT);
    static final Verdict UNKNOWN_OTHER = new Verdict(
            PASSING, "the load was interrupted", "Caravan tries again; look into it if it keeps happening.");

    static final Verdict CONNECTION = new Verdict(PASSING, "the connection failed", ClusterRules.NO_ANSWER.advice());

    /** HikariPool's words, when nobody failed to make a connection, but all that there may be are somebody's. */
    private static final Pattern ALL_IN_USE = Pattern.compile(
            "Connection is not available, request timed out after \\d+ms \\(total=(\\d+), active=\\1, idle=0, waiting=\\d+\\)");

    private static final Verdict HELD =
            new Verdict(ALREADY_LOADED, "the cluster holds the batch", "Nothing is to be done.");
    private static final Verdict TRIED =
            new Verdict(READABLE, "the cluster can read the files", "The trial was rolled back.");

    private static final Verdict PASSED_BY = new Verdict(
            FATAL,
            "since the run was planned, the cluster's progress was changed by another load, or by a restore",
            "Nothing of it is loaded. Run it again: a new run begins where the cluster stands.");
    private static final Verdict OTHER_ROWS = new Verdict(
            FATAL,
            "the cluster copied another number of rows than were read from the source",
            "Nothing of it is loaded. Run it again; if that fails alike, report it with this message.");

    /** What stands behind its mark. */
    private static final Pattern TOO_MANY = Pattern.compile(
            "(?<=" + Pattern.quote(Mark.TOO_MANY_DELETES.text()) + ")\\d+ of \\d+ rows, more than \\d+ %");

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
        if (t instanceof NeededFileMissing) {
            return Optional.of(new Verdict(
                    PASSING,
                    "a file that the feed's COPY needs is not in S3, and without it nothing of the feed can be loaded",
                    "Put it there; Caravan tries again."));
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
        String whole = String.valueOf(sql.getMessage());
        if (Mark.LOADED.isIn(whole)) {
            return Optional.of(HELD);
        }
        if (Mark.READABLE.isIn(whole)) {
            return Optional.of(TRIED);
        }
        if (Mark.MOVED.isIn(whole)) {
            return Optional.of(PASSED_BY);
        }
        if (Mark.OTHER_ROWS.isIn(whole)) {
            return Optional.of(OTHER_ROWS);
        }
        if (Mark.TOO_MANY_DELETES.isIn(whole)) {
            return Optional.of(tooManyDeletes(whole));
        }
        Optional<Verdict> known = ClusterRules.verdict(ClusterError.of(sql));
        if (known.isEmpty()
                && sql.getCause() == null
                && ALL_IN_USE.matcher(whole).find()) {
            return Optional.of(new Verdict(
                    PASSING,
                    "all connections of the cluster's pool are in use",
                    "Caravan tries again; raise the pool's maximumPoolSize if it keeps happening."));
        }
        return known.isEmpty() && sql instanceof SQLTransientConnectionException
                ? Optional.of(new Verdict(UNREACHABLE, "no connection to the cluster was to be had in time", AGAIN))
                : known;
    }

    private static Verdict tooManyDeletes(String message) {
        Matcher numbers = TOO_MANY.matcher(message);
        return new Verdict(
                FATAL,
                "the load would delete "
                        + (numbers.find()
                                ? numbers.group() + " (maxDeletes)"
                                : "more of the table's rows than maxDeletes"),
                "Nothing was done. If that is meant, write maxDeletes: 100 and run it again.");
    }

    private static Verdict ofAws(AwsServiceException aws) {
        int status = aws.statusCode();
        if (AwsProblem.isExpired(aws)) {
            return new Verdict(PASSING, "Caravan's AWS credentials ran out", "Renew them; Caravan tries again.");
        }
        return status >= 500 || status == 408 || status == 429 || aws.isThrottlingException()
                ? new Verdict(PASSING, "AWS did not answer in time", AGAIN)
                : new Verdict(FATAL, "AWS refused a request", "Correct what it says" + REPROCESS);
    }
}
