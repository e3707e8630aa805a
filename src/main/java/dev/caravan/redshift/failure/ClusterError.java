package dev.caravan.redshift.failure;

import com.amazon.redshift.util.RedshiftException;
import com.amazon.redshift.util.ServerErrorMessage;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cluster says of a failure, taken apart: who writes files decides what stands in the {@code context:} of the detail, and in what the primary
 * message quotes, but neither how the primary message begins, nor the SQLState, nor the {@code code:}.
 *
 * <p>Redshift's own errors have their detail in a box ({@code error: … code: … context: … query: … location: … process: …}); the driver keeps it apart
 * from the primary message, the Data API has both in one text.
 *
 * @param state the SQLState; empty if there is none
 * @param primary the primary message, without {@code ERROR:}
 * @param code the box's {@code code:}; 0 without a box
 * @param context the box's {@code context:}, which Redshift cuts off; empty without a box
 * @param detail the detail, if it isn't a box; else empty
 */
public record ClusterError(String state, String primary, int code, String context, String detail) {
    private static final int ANY = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

    /** What the driver, and psql, put between the message's parts. */
    private static final Pattern PARTS =
            Pattern.compile("\\s*\\n\\s*(?:Detail|Hint|Position|Where):\\s?|\\s+Detail:(?=\\s*-{5,})", ANY);

    /** What the Data API puts at the end. */
    private static final Pattern ERROR_ID = Pattern.compile("\\s*\\[ErrorId: [0-9a-f-]+]\\s*$", ANY);

    private static final Pattern SEVERITY = Pattern.compile("(?:(?:ERROR|FATAL|PANIC):\\s*)+", ANY);
    private static final Pattern BOX = Pattern.compile("\\s*-{5,}\\s*error:", ANY);
    private static final Pattern CODE = Pattern.compile("\\scode:\\s*(\\d{1,9})(?:\\s+context:\\s*(.*))?", ANY);
    private static final Pattern CONTEXT_ENDS = Pattern.compile("\\s+query:\\s*-?\\d+\\s+location:", ANY);
    private static final Pattern READING = Pattern.compile("S3 key being read\\s*:\\s*(s3://.*)", ANY);
    private static final Pattern S3 =
            Pattern.compile("(Problem reading manifest file\\s*-\\s*)?S3ServiceException:\\s*(.*)", ANY);

    /** After S3's words, which may name the object: the last is Redshift's own, unless the message was cut off. */
    private static final Pattern S3_END =
            Pattern.compile(".*,\\s*Status(?:Code)? (\\d{3})(?:,\\s*Error(?:Code)? (\\w*))?(?:,.*)?", ANY);

    /**
     * What S3 answered the cluster.
     *
     * @param words S3's own, and what Redshift wrote behind them
     * @param status 0 if the message doesn't say
     * @param error S3's error code; empty if the message doesn't say
     */
    record S3Answer(boolean forManifest, String words, int status, String error) {}

    static ClusterError of(SQLException thrown) {
        String state = thrown.getSQLState() == null ? "" : thrown.getSQLState();
        ServerErrorMessage server =
                thrown instanceof RedshiftException redshift ? redshift.getServerErrorMessage() : null;
        if (server != null && server.getMessage() != null) {
            return of(state, server.getMessage(), server.getDetail() == null ? "" : server.getDetail());
        }
        return of(state, thrown.getMessage() == null ? "" : thrown.getMessage());
    }

    /** @param text message and detail in one, as the driver joins them and the Data API has them */
    public static ClusterError of(String state, String text) {
        Matcher id = ERROR_ID.matcher(text);
        if (id.find()) {
            return of(state, text.substring(0, id.start()));
        }
        Matcher parts = PARTS.matcher(text);
        return parts.find()
                ? of(state, text.substring(0, parts.start()), text.substring(parts.end()))
                : of(state, text, "");
    }

    private static ClusterError of(String state, String message, String detail) {
        Matcher severity = SEVERITY.matcher(message);
        String primary = (severity.lookingAt() ? message.substring(severity.end()) : message).strip();
        if (!BOX.matcher(detail).lookingAt()) {
            return new ClusterError(state, primary, 0, "", detail.strip());
        }
        Matcher code = CODE.matcher(detail);
        if (!code.find()) {
            return new ClusterError(state, primary, 0, "", "");
        }
        String rest = code.group(2) == null ? "" : code.group(2);
        int end = rest.length();
        Matcher ends = CONTEXT_ENDS.matcher(rest);
        while (ends.find()) {
            end = ends.start(); // the last is Redshift's own
        }
        return new ClusterError(
                state,
                primary,
                Integer.parseInt(code.group(1)),
                rest.substring(0, end).strip(),
                "");
    }

    /** S3's answer to the cluster; empty if the message is of something else. */
    Optional<S3Answer> s3() {
        Matcher matcher = S3.matcher(primary);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Matcher end = S3_END.matcher(matcher.group(2));
        boolean whole = end.matches();
        return Optional.of(new S3Answer(
                matcher.group(1) != null,
                matcher.group(2),
                whole ? Integer.parseInt(end.group(1)) : 0,
                whole && end.group(2) != null ? end.group(2) : ""));
    }

    /** The URL of the object that the cluster was reading, maybe cut off; of no other, whatever stands in its name. Empty if it doesn't say. */
    Optional<String> reading() {
        Matcher matcher = READING.matcher(context);
        return matcher.lookingAt() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
