package dev.caravan.redshift.target;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table's or column's name, taken apart as Redshift does it: parts are separated by dots; ASCII's letters of an unquoted part are folded to lower case; in a
 * part in double quotes every character counts, unless the cluster folds it too ({@link ClusterNames}), and a doubled double quote stands for one. A part has at most 127 bytes in UTF-8 ("Names and
 * identifiers" in Redshift's developer guide).
 *
 * @param parts the parts as Redshift knows them, without quotes; at least one
 */
public record TableName(List<String> parts) {
    /** Bytes. */
    public static final int LONGEST = 127;

    private static final Pattern PART =
            Pattern.compile("\\s*(?:\"((?:[^\"\\p{Cc}]|\"\")+)\"|([\\p{L}_][\\p{L}\\p{M}\\p{N}_$]*))\\s*");

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    public TableName {
        parts = List.copyOf(parts);
    }

    /** {@code table} or {@code schema.table}; empty if the text is not a name. */
    public static Optional<TableName> of(String text) {
        return list(text, '.').filter(parts -> parts.size() <= 2).map(TableName::new);
    }

    /** As {@link #of} takes it; a part is in quotes if it must be. */
    public String text() {
        return parts.stream()
                .map(part -> PLAIN.matcher(part).matches() ? part : '"' + part.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
    }

    /** Column names, separated by commas; empty if one of them is not a name. */
    public static Optional<List<String>> columns(String text) {
        return list(text, ',');
    }

    private static Optional<List<String>> list(String text, char separator) {
        return NamePart.split(text, separator, PART)
                .map(parts -> parts.stream()
                        .map(part -> part.quoted() ? part.text() : ClusterNames.folded(part.text()))
                        .toList())
                .filter(parts ->
                        parts.stream().allMatch(part -> part.getBytes(StandardCharsets.UTF_8).length <= LONGEST));
    }
}
