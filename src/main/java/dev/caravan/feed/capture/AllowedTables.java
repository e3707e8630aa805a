package dev.caravan.feed.capture;

import dev.caravan.redshift.target.NamePart;
import dev.caravan.redshift.target.ReservedTables;
import dev.caravan.redshift.target.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables that captures may name: {@code logs_*.web_*, archive.clicks}. A {@code *} stands for any characters of the part that it stands in. Case
 * doesn't count, as Redshift folds names, unless the part is in double quotes.
 *
 * @param text as it was written
 * @param tables each one's parts
 */
public record AllowedTables(String text, List<List<NamePart>> tables) {
    private static final Pattern PART =
            Pattern.compile("\\s*(?:\"((?:[^\"\\p{Cc}]|\"\")+)\"|([\\p{L}_*][\\p{L}\\p{M}\\p{N}_$*]*))\\s*");

    private static final Pattern ONE = Pattern.compile("(?:\"(?:[^\"]|\"\")*\"|[^,\"])+");

    /** Empty if the text isn't tables separated by commas, each {@code table} or {@code schema.table}. */
    public static Optional<AllowedTables> of(String text) {
        List<List<NamePart>> tables = new ArrayList<>();
        Matcher m = ONE.matcher(text);
        for (int at = 0; ; at = m.end() + 1) {
            m.region(Math.min(at, text.length()), text.length());
            if (!m.lookingAt()) {
                return Optional.empty();
            }
            Optional<List<NamePart>> table =
                    NamePart.split(m.group(), '.', PART).filter(parts -> parts.size() <= 2);
            if (table.isEmpty()) {
                return Optional.empty();
            }
            tables.add(table.get());
            if (m.end() == text.length()) {
                return Optional.of(new AllowedTables(text, List.copyOf(tables)));
            }
            if (text.charAt(m.end()) != ',') {
                return Optional.empty();
            }
        }
    }

    public boolean allows(TableName table) {
        return tables.stream().anyMatch(allowed -> allows(allowed, table.parts()));
    }

    /** Whether captures could make a table of this that is allowed. */
    public boolean couldAllow(TableTemplate template) {
        return tables.stream().anyMatch(allowed -> couldAllow(allowed, template.parts()));
    }

    private static boolean allows(List<NamePart> allowed, List<String> parts) {
        if (allowed.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!allows(allowed.get(i), parts.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean couldAllow(List<NamePart> allowed, List<NamePart> parts) {
        if (allowed.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            String text = parts.get(i).text();
            if (Captures.references(text).isEmpty() && !allows(allowed.get(i), text)) {
                return false;
            }
        }
        return true;
    }

    /** However the cluster folds a name, it is still allowed. */
    private static boolean allows(NamePart allowed, String part) {
        return allowed.quoted()
                ? matches(allowed.text(), part)
                : ReservedTables.spellings(allowed.text())
                        .anyMatch(pattern ->
                                ReservedTables.spellings(part).allMatch(spelling -> matches(pattern, spelling)));
    }

    private static boolean matches(String pattern, String name) {
        String regex = Pattern.compile("\\*")
                .splitAsStream(pattern + " ")
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(name + " ").matches();
    }
}
