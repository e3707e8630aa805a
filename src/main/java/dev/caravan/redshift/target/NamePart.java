package dev.caravan.redshift.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a name.
 *
 * @param text as it was written, of a quoted part what the quotes enclose, a doubled one of them as one
 * @param quoted whether it stood in double quotes
 */
public record NamePart(String text, boolean quoted) {

    /**
     * The parts of a text, at least one; empty if it isn't parts with separators between them.
     *
     * @param shape of one part, its first group what quotes enclose, its second what stands without quotes
     */
    public static Optional<List<NamePart>> split(String text, char separator, Pattern shape) {
        List<NamePart> parts = new ArrayList<>();
        Matcher m = shape.matcher(text);
        int at = 0;
        while (true) {
            m.region(at, text.length());
            if (!m.lookingAt()) {
                return Optional.empty();
            }
            parts.add(
                    m.group(1) != null
                            ? new NamePart(m.group(1).replace("\"\"", "\""), true)
                            : new NamePart(m.group(2), false));
            if (m.end() == text.length()) {
                return Optional.of(List.copyOf(parts));
            }
            if (text.charAt(m.end()) != separator) {
                return Optional.empty();
            }
            at = m.end() + 1;
        }
    }
}
