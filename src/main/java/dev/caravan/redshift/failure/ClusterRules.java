package dev.caravan.redshift.failure;

import static dev.caravan.redshift.failure.CopyFailure.Kind.AWAY;
import static dev.caravan.redshift.failure.CopyFailure.Kind.BAD_DATA;
import static dev.caravan.redshift.failure.CopyFailure.Kind.FATAL;
import static dev.caravan.redshift.failure.CopyFailure.Kind.PASSING;
import static dev.caravan.redshift.failure.CopyFailure.Kind.UNREACHABLE;
import static dev.caravan.redshift.failure.Verdict.AGAIN;
import static dev.caravan.redshift.failure.Verdict.REPROCESS;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a cluster's messages mean. A rule knows the beginning of the SQLState, or how the primary message <em>begins</em>, or both; the first that fits
 * decides. Beginnings come before states, since Redshift reports much under XX000. Nothing that comes after the beginning is looked at, for it may
 * quote what a producer wrote.
 */
final class ClusterRules {
    private ClusterRules() {}

    private record Rule(String state, Pattern begins, Verdict verdict) {
        boolean fits(ClusterError message) {
            return message.state().startsWith(state)
                    && begins.matcher(message.primary()).lookingAt();
        }
    }

    private static final Pattern READ_ONLY =
            Pattern.compile("(?:System is in \\w+ mode, and )?ONLY read-only queries", Pattern.CASE_INSENSITIVE);

    /** The connection failed. */
    static final Verdict NO_ANSWER = new Verdict(
            UNREACHABLE,
            "the connection to the cluster failed",
            "Caravan asks the cluster's ledger whether the rows are there and tries again if not.");

    /** COPY has noted the rows that it refused. */
    static final Verdict ROWS = new Verdict(
            BAD_DATA,
            "the cluster refused rows of the batch",
            "Correct the files named in the bad rows, or the table" + REPROCESS,
            CopyFailure.Clue.REFUSED_ROWS);

    private static final Verdict UNREADABLE = verdict(
            BAD_DATA,
            "the cluster can't read a file of the batch into the table",
            "Correct the file, or the table" + REPROCESS);
    private static final Verdict OTHER_SIZE = verdict(
            BAD_DATA, "a file of the batch has another size than its event said", "Upload it again" + REPROCESS);
    private static final Verdict PACKED = verdict(
            BAD_DATA,
            "the cluster can't decompress a file of the batch",
            "Upload it again, whole, and compressed as the feed's copyOptions say.");
    private static final Verdict VALUE = verdict(
            BAD_DATA,
            "the cluster can't make a value what its column, or the feed's SQL, wants",
            "Correct the file, the table, or preSql and postSql" + REPROCESS);
    private static final Verdict CANCELLED = verdict(
            PASSING,
            "the statement was cancelled or ran into a timeout",
            "Caravan tries again; raise the timeout if it keeps happening.");
    private static final Verdict LOGIN = verdict(
            AWAY,
            "the cluster refused the user or the password",
            "Correct them where application.properties has them from; Caravan reads secrets and files again, and tries again.");
    private static final Verdict NO_TABLE =
            verdict(FATAL, "the table does not exist", "Create it, or correct the feed's table" + REPROCESS);
    private static final Verdict RESIZE = verdict(AWAY, "the cluster is being resized or maintained", AGAIN);
    private static final Verdict IN_THE_WAY = verdict(PASSING, "another transaction got in the way", AGAIN);
    private static final Verdict SAME_TABLE =
            verdict(PASSING, "another instance created the same table at the same time", AGAIN);
    private static final Verdict DISK_FULL =
            verdict(AWAY, "the cluster's disk is full", "Free or add space; Caravan tries again later.");
    private static final Verdict THROTTLED =
            verdict(PASSING, "AWS gets more requests from this account than it takes", AGAIN);

    private static final List<Rule> RULES = List.of(
            rule(
                    "28000",
                    "the Data API says: .*not authorized to perform",
                    verdict(
                            FATAL,
                            "AWS doesn't let Caravan use the cluster's Data API",
                            "Allow it what the message names (docs/reference/permissions.md)" + REPROCESS)),
            rule("", "the Data API says: .*\\(ThrottlingException\\)$", THROTTLED),
            rule("", "ThrottlingException", THROTTLED),
            rule(
                    "3D000",
                    "the Data API says: .*endpoint doesn't exist",
                    verdict(
                            AWAY,
                            "AWS knows no such workgroup or cluster",
                            "Correct workgroupName or clusterIdentifier, and region, of the cluster's bean; Caravan tries again later.")),
            rule("", "Cannot execute (?:write )?query because system is in (?:resize|maintenance) mode", RESIZE),
            rule("", "1023\\b|Serializable isolation violation", IN_THE_WAY),
            rule("40", "", IN_THE_WAY),
            rule(
                    "",
                    "Not authorized to get credentials|exception name : UnauthorizedException|User arn:\\S+ is not authorized to assume|(?:The )?IAM Role[ =]\\S+ (?:is|isn't|is not) (?:not )?(?:associated|authorized|valid)",
                    S3Rules.DENIED),
            rule("", "S3CurlException|Problem reading manifest file\\s*-\\s*S3CurlException", S3Rules.BUSY),
            rule(
                    "",
                    "The specified S3 prefix '|Mandatory url is not present in manifest file",
                    new Verdict(
                            BAD_DATA,
                            "the manifest, or a file of the batch, is no longer in S3",
                            "Put the file back if it is missed, then reload it.",
                            CopyFailure.Clue.MISSING_OBJECT)),
            rule(
                    "",
                    "Problem reading manifest file",
                    verdict(
                            PASSING,
                            "the cluster could not read the manifest",
                            "Caravan writes it again and tries again.")),
            rule("", "S3 ?Query Exception (?:\\(Execute\\)|Connection failed)", S3Rules.BUSY),
            rule("", "(?:Spectrum Scan Error|S3 ?Query Exception|Assert\\s*$|Invalid AVRO)", UNREADABLE),
            rule("", "failed to inflate", PACKED),
            rule(
                    "",
                    "Invalid (?:digit|exponent|timestamp|date|data|time)\\b|Value too long|Numeric data overflow|Value out of range|Overflow|Cannot insert a NULL value|String length exceeds",
                    VALUE),
            rule("", "The content_length in the manifest ", OTHER_SIZE),
            rule("22", "", VALUE),
            rule("23502", "", VALUE),
            rule("", "Load into table ", ROWS),
            rule("", "Disk Full\\s*$", DISK_FULL),
            rule("53100", "", DISK_FULL),
            rule("53300", "", verdict(AWAY, "the cluster has no connection to spare", AGAIN)),
            rule("53", "", verdict(AWAY, "the cluster is short of something", AGAIN)),
            rule("57014", "", CANCELLED),
            rule("57P", "", verdict(AWAY, "the cluster is restarting", AGAIN)),
            rule("55P03", "", verdict(PASSING, "a lock could not be had", AGAIN)),
            rule(
                    "",
                    "tuple concurrently updated|could not complete because of conflict with concurrent transaction|table \\d+ dropped by concurrent transaction|could not open relation with OID|deadlock detected",
                    IN_THE_WAY),
            rule("", "abort query\\s*$", CANCELLED),
            rule("", "Query (?:\\(\\d+\\) )?cancelled on user's request", CANCELLED),
            rule("23505", "duplicate key value violates unique constraint \"pg_", SAME_TABLE),
            rule("42P07", "", SAME_TABLE),
            rule("42710", "type \".*\" already exists$", SAME_TABLE), // each table has one of its name
            rule("", "IAM Authentication token has expired", LOGIN),
            rule("28", "", LOGIN),
            rule(
                    "3D000",
                    "",
                    verdict(
                            FATAL,
                            "the database does not exist",
                            "Correct the database's name in the cluster's URL" + REPROCESS)),
            rule("08", "", NO_ANSWER),
            rule("42501", "", verdict(FATAL, "the cluster's user lacks a permission", "Grant it" + REPROCESS)),
            rule("", "Cannot COPY into nonexistent table ", NO_TABLE),
            rule("42P01", "", NO_TABLE),
            rule(
                    "3F000",
                    "",
                    verdict(FATAL, "the schema does not exist", "Create it, or correct the feed's table" + REPROCESS)),
            rule(
                    "",
                    "column \".*\" of relation \".*\" already exists$",
                    verdict(
                            PASSING,
                            "another load has added a column meanwhile",
                            "Caravan compares the table with the files again")),
            rule(
                    "42703",
                    "",
                    verdict(FATAL, "a column does not exist", "Correct the feed's columns or the table" + REPROCESS)),
            rule(
                    "42601",
                    "",
                    verdict(
                            FATAL,
                            "the cluster does not understand the statement",
                            "Correct the feed's copyOptions" + REPROCESS)));

    static Optional<Verdict> verdict(ClusterError message) {
        if (message.state().equals("57014")
                && READ_ONLY.matcher(message.detail()).lookingAt()) {
            return Optional.of(RESIZE);
        }
        Optional<Verdict> ofS3 = message.s3().map(S3Rules::verdict);
        return ofS3.isPresent()
                ? ofS3
                : RULES.stream()
                        .filter(rule -> rule.fits(message))
                        .map(Rule::verdict)
                        .findFirst();
    }

    private static Verdict verdict(CopyFailure.Kind kind, String problem, String advice) {
        return new Verdict(kind, problem, advice);
    }

    private static Rule rule(String state, String begins, Verdict verdict) {
        return new Rule(state, Pattern.compile(begins, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), verdict);
    }
}
