package dev.caravan.redshift.failure;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What real clusters say, as public threads and AWS's documentation quote it, each with what follows from it: {@code redshift-messages.json} beside
 * this. Where only the box of a detail was quoted, the blank line, dashes and indentation around it are those of the whole details in
 * aws/amazon-redshift-python-driver issue 107 and awslabs/amazon-redshift-utils issue 716. Sources that begin with "composed" are S3's own words in a
 * frame that was seen, since nobody quotes them from a cluster.
 */
final class GoldenMessages {
    private GoldenMessages() {}

    /**
     * @param source who quotes it
     * @param state the SQLState; empty if nobody quotes it
     * @param message the primary message, without "ERROR: "; through the Data API the whole text
     * @param detail the detail as the server sends it, with its box; empty if there is none or nobody quotes it
     * @param why what it is, in a few words
     * @param way {@code dataApi}, else empty for a driver
     */
    record Golden(
            String source, String state, String message, String detail, CopyFailure.Kind kind, String why, String way) {
        Golden {
            way = way == null ? "" : way;
        }

        boolean dataApi() {
            return "dataApi".equals(way);
        }

        @Override
        public String toString() {
            return kind + " " + why + ": " + message.lines().findFirst().orElse("") + " (" + source + ")";
        }
    }

    static List<Golden> all() {
        try (InputStream in = GoldenMessages.class.getResourceAsStream("redshift-messages.json")) {
            return JsonMapper.builder().build().readValue(in, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
