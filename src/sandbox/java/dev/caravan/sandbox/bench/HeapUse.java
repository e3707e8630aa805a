package dev.caravan.sandbox.bench;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much heap was in use, from the JVM's log of its collections.
 *
 * @param peak megabytes, the most before a collection
 * @param live megabytes, the most after one
 */
record HeapUse(long peak, long live) {
    static final HeapUse NONE = new HeapUse(0, 0);

    private static final Pattern COLLECTION = Pattern.compile(" (\\d+)M->(\\d+)M\\(");

    static HeapUse of(List<String> log) {
        HeapUse most = NONE;
        for (String line : log) {
            Matcher collection = COLLECTION.matcher(line);
            if (collection.find()) {
                most = most.max(new HeapUse(Long.parseLong(collection.group(1)), Long.parseLong(collection.group(2))));
            }
        }
        return most;
    }

    HeapUse max(HeapUse other) {
        return new HeapUse(Math.max(peak, other.peak), Math.max(live, other.live));
    }
}
