package dev.caravan.operate.reconcile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.tell.Announcement;
import dev.caravan.tell.Severity;
import java.time.Instant;

/**
 * The message that S3, the ledger and the clusters don't agree on a feed: {@code what, severity, feed, since, at, counts} by kind, and
 * {@code differences}, the first of each kind with {@code kind, what, note}.
 */
public final class DifferencesMessage {
    /** Of each kind: so a message stays under SNS's 256 KB. */
    public static final int MOST = 10;

    private static final int LONGEST = 1_500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DifferencesMessage() {}

    /**
     * The message.
     *
     * @param found at most {@link #MOST} of each kind
     * @param since from when on the feed was looked at
     * @param at when it was
     */
    public static Announcement of(String feed, Differences found, Instant since, Instant at) {
        ObjectNode json = JSON.createObjectNode();
        json.put("what", "differs");
        json.put("severity", Severity.WARNING.word());
        json.put("feed", feed);
        json.put("since", since.toString());
        json.put("at", at.toString());
        ObjectNode counts = json.putObject("counts");
        found.counts().forEach((kind, count) -> counts.put(kind.word(), count));
        var differences = json.putArray("differences");
        for (Difference difference : found.listed()) {
            differences
                    .addObject()
                    .put("kind", difference.kind().word())
                    .put("what", cut(difference.what()))
                    .put("note", cut(difference.note()));
        }
        return new Announcement(
                feed + " differs " + at,
                "differs",
                Severity.WARNING,
                "Caravan: " + feed + " differs from S3 or a cluster: " + found.inWords(),
                json.toString());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST - 1))) + "…";
    }
}
