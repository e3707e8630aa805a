package dev.caravan.feed.capture;

import dev.caravan.redshift.target.NamePart;
import dev.caravan.redshift.target.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table's name whose parts may refer to {@link Captures}: {@code logs_$1.web_${day}}. What a reference stands for becomes part of the name
 * it stands in, whatever characters it has: in a quoted part as it is, in another in lower case.
 */
public record TableTemplate(List<NamePart> parts) {
    private static final Pattern PART = Pattern.compile("\\s*(?:\"((?:[^\"\\p{Cc}]|\"\")+)\"|((?:" + Captures.REFERENCE
            + "|[\\p{L}_])(?:" + Captures.REFERENCE + "|[\\p{L}\\p{M}\\p{N}_$])*))\\s*");

    /** {@code table} or {@code schema.table}; empty if the text is neither, with or without references. */
    public static Optional<TableTemplate> of(String text) {
        return NamePart.split(text, '.', PART)
                .filter(parts -> parts.size() <= 2 && parts.stream().allMatch(TableTemplate::fits))
                .map(TableTemplate::new);
    }

    /** What it says itself must leave room for what it refers to. */
    private static boolean fits(NamePart part) {
        String plain = part.text().replaceAll(Captures.REFERENCE, "");
        return plain.getBytes(StandardCharsets.UTF_8).length <= TableName.LONGEST;
    }

    /** As {@link #of} takes it. */
    public String written() {
        return parts.stream()
                .map(part -> part.quoted() ? '"' + part.text().replace("\"", "\"\"") + '"' : part.text())
                .collect(Collectors.joining("."));
    }

    /** The table's name as {@link TableName#of} takes it. */
    public String fill(Captures captures) throws Unresolved {
        List<String> filled = new ArrayList<>();
        for (NamePart part : parts) {
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
