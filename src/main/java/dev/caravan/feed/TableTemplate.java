package dev.caravan.feed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table's name whose parts may refer to {@link Captures}: {@code logs_$1.web_${day}}. What a reference stands for becomes part of the name
 * it stands in, whatever characters it has: in a quoted part as it is, in another in lower case.
 */
record TableTemplate(List<Part> parts) {
    private static final Pattern PART = Pattern.compile("\\s*(?:\"((?:[^\"\\p{Cc}]|\"\")+)\"|((?:" + Captures.REFERENCE
            + "|[\\p{L}_])(?:" + Captures.REFERENCE + "|[\\p{L}\\p{M}\\p{N}_$])*))\\s*");

    /** One part, a quoted one without its quotes. */
    record Part(String text, boolean quoted) {}

    /** {@code table} or {@code schema.table}; empty if the text is neither, with or without references. */
    static Optional<TableTemplate> of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher m = PART.matcher(text);
        int at = 0;
        while (true) {
            m.region(at, text.length());
            if (!m.lookingAt()) {
                return Optional.empty();
            }
            parts.add(
                    m.group(1) != null
                            ? new Part(m.group(1).replace("\"\"", "\""), true)
                            : new Part(m.group(2), false));
            String plain = parts.get(parts.size() - 1).text().replaceAll(Captures.REFERENCE, "");
            if (plain.getBytes(StandardCharsets.UTF_8).length > TableName.LONGEST) {
                return Optional.empty();
            }
            if (m.end() == text.length()) {
                return parts.size() <= 2 ? Optional.of(new TableTemplate(List.copyOf(parts))) : Optional.empty();
            }
            if (text.charAt(m.end()) != '.') {
                return Optional.empty();
            }
            at = m.end() + 1;
        }
    }

    /** The table's name as {@link TableName#of} takes it. */
    String fill(Captures captures) throws Unresolved {
        List<String> filled = new ArrayList<>();
        for (Part part : parts) {
            String text = captures.fill(part.text(), value -> value);
            filled.add(part.quoted() ? text : text.toLowerCase(Locale.ROOT));
        }
        String name = new TableName(filled).text();
        if (TableName.of(name).isEmpty()) {
            throw new Unresolved(name + " is no table's name: a part has at most 127 bytes");
        }
        return name;
    }
}
