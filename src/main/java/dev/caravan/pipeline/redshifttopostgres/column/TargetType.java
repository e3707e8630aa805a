package dev.caravan.pipeline.redshifttopostgres.column;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type of PostgreSQL as {@code format_type} writes it, with its numbers.
 *
 * @param base without numbers: {@code character varying}
 * @param size characters, digits, or digits of a second; -1 if it has none
 * @param scale digits behind the point; -1 if any number of them
 */
record TargetType(String base, int size, int scale) {
    private static final Pattern WRITTEN = Pattern.compile("([^(]+)(?:\\((\\d+)(?:,(-?\\d+))?\\))?(.*)");

    static TargetType of(String written) {
        Matcher m = WRITTEN.matcher(written);
        if (!m.matches()) {
            return new TargetType(written, -1, -1);
        }
        int size = m.group(2) == null ? -1 : Integer.parseInt(m.group(2));
        int scale = m.group(3) == null ? (size < 0 ? -1 : 0) : Integer.parseInt(m.group(3));
        return new TargetType(m.group(1) + m.group(4), size, scale);
    }
}
