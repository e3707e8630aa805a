package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How rows are written.
 *
 * @param nullMarker stands where NULL is, without quotes; ASCII letters, digits and {@code ~}. COPY is given it as {@code NULL AS}
 * @param partBytes compressed; a part ends with the first row that reaches it
 * @param policies the same as the columns were mapped by
 */
public record ExtractSettings(String nullMarker, Codec codec, long partBytes, Set<Policy> policies) {
    public ExtractSettings {
        if (!nullMarker.matches("[A-Za-z0-9~]{1,30}") || partBytes < 1) {
            throw new IllegalArgumentException("the mark for NULL is 1 to 30 letters, digits and ~, and not "
                    + nullMarker + "; a part has bytes, and not " + partBytes);
        }
        policies = Set.copyOf(policies);
    }

    /** A mark that nobody can have written into a table before. */
    public static String anyMarker() {
        return "~" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50, 1L << 51), Character.MAX_RADIX);
    }
}
