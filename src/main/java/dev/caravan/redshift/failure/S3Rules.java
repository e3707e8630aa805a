package dev.caravan.redshift.failure;

import static dev.caravan.redshift.failure.CopyFailure.Kind.BAD_DATA;
import static dev.caravan.redshift.failure.CopyFailure.Kind.FATAL;
import static dev.caravan.redshift.failure.CopyFailure.Kind.PASSING;

import dev.caravan.redshift.failure.ClusterError.S3Answer;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What S3's answers to a cluster mean: how its words begin (their end may name the object, and may be cut off), its error code (API reference of S3,
 * "Error responses"), or the status.
 */
final class S3Rules {
    private static final int SERVER_ERROR = 500, NOT_FOUND = 404, MOVED = 301;

    private static final Verdict GONE = new Verdict(
            BAD_DATA,
            "a file of the batch is no longer in S3",
            "Put it back if it is missed, then reload it.",
            CopyFailure.Clue.MISSING_OBJECT);
    private static final Verdict MANIFEST_GONE = new Verdict(
            BAD_DATA,
            "the cluster could not read the manifest, or a file that it names is no longer in S3",
            "Put the file back if it is missed, then reload it.",
            CopyFailure.Clue.MISSING_OBJECT);
    private static final Verdict ELSEWHERE = new Verdict(
            FATAL,
            "the bucket is in another Region than the cluster",
            "Say in the feed's copyOptions in which, for example REGION 'eu-west-1', and have the manifests written there as well (manifestPrefix): one COPY reads from one Region, and Parquet and ORC from the cluster's own"
                    + Verdict.REPROCESS);
    private static final Verdict KEYS = new Verdict(
            FATAL,
            "S3 refuses the keys that the cluster was given",
            "Correct the feed's accessKeyId and secretAccessKey, or Caravan's own credentials" + Verdict.REPROCESS);
    private static final Verdict RAN_OUT =
            new Verdict(PASSING, "the keys that the cluster was given ran out", Verdict.AGAIN);
    static final Verdict DENIED = new Verdict(
            FATAL,
            "the cluster may not read the files with the feed's iamRole or keys",
            "Let the role read the bucket, and associate it with the cluster" + Verdict.REPROCESS,
            CopyFailure.Clue.NAMED_OBJECT);
    private static final Verdict ARCHIVED = new Verdict(
            BAD_DATA, "a file of the batch is in an archived storage class", "Restore it in S3, then reload it.");
    private static final Verdict NO_BUCKET = new Verdict(
            FATAL, "the bucket does not exist", "Correct the feed's prefix or create the bucket" + Verdict.REPROCESS);
    private static final Verdict CHANGED = new Verdict(
            BAD_DATA,
            "a file of the batch is shorter than its event said, or was replaced while it was read",
            "Upload it again.");
    static final Verdict BUSY = new Verdict(PASSING, "S3 did not answer the cluster in time", Verdict.AGAIN);
    static final Verdict REFUSED = new Verdict(
            FATAL, "S3 refused the cluster", "Correct what it says" + Verdict.REPROCESS, CopyFailure.Clue.NAMED_OBJECT);

    private S3Rules() {}

    private record Rule(Pattern begins, String error, int status, Verdict verdict) {
        boolean fits(S3Answer answer) {
            return begins.matcher(answer.words()).lookingAt();
        }

        boolean fitsCode(S3Answer answer) {
            return error.contains("|" + answer.error().toLowerCase(Locale.ROOT) + "|");
        }
    }

    private static final List<Rule> RULES = List.of(
            rule("The specified (?:key|version) does not exist", "nosuchkey|nosuchversion", NOT_FOUND, GONE),
            rule("The specified bucket does not exist", "nosuchbucket", 0, NO_BUCKET),
            rule(
                    "The bucket (?:you are attempting to access must be addressed|is in this region)|The S3 bucket addressed by the query is in a different region|The authorization header is malformed",
                    "permanentredirect|temporaryredirect|authorizationheadermalformed|illegallocationconstraintexception",
                    MOVED,
                    ELSEWHERE),
            rule(
                    "The AWS Access Key Id you provided|The request signature we calculated|The provided token is malformed",
                    "invalidaccesskeyid|signaturedoesnotmatch|invalidtoken|invalidsecurity",
                    0,
                    KEYS),
            rule("The provided token has expired", "expiredtoken|requestexpired|tokenrefreshrequired", 0, RAN_OUT),
            rule("The operation is not valid for the object's storage class", "invalidobjectstate", 0, ARCHIVED),
            rule("The requested range is not satisfiable", "invalidrange|preconditionfailed", 416, CHANGED),
            rule(
                    "Access Denied|User: arn:|(?:The )?(?:ciphertext|KMS key) ",
                    "accessdenied|allaccessdisabled|accountproblem|forbidden",
                    403,
                    DENIED),
            rule(
                    "Please reduce your request rate|We encountered an internal error|Your socket connection to the server",
                    "slowdown|internalerror|serviceunavailable|requesttimeout|requesttimetooskewed|operationaborted",
                    503,
                    BUSY));

    /** How S3's words begin decides; then its code; then the status. */
    static Verdict verdict(S3Answer answer) {
        Verdict verdict = Stream.<Predicate<Rule>>of(
                        rule -> rule.fits(answer),
                        rule -> rule.fitsCode(answer),
                        rule -> rule.status() == answer.status())
                .flatMap(fits -> RULES.stream().filter(fits).limit(1))
                .map(Rule::verdict)
                .findFirst()
                .orElseGet(() -> answer.status() >= SERVER_ERROR ? BUSY : REFUSED);
        return verdict.equals(GONE) && answer.forManifest() ? MANIFEST_GONE : verdict;
    }

    private static Rule rule(String begins, String errors, int status, Verdict verdict) {
        return new Rule(Pattern.compile(begins, Pattern.CASE_INSENSITIVE), "|" + errors + "|", status, verdict);
    }
}
