package dev.caravan.pipeline.tabletoredshift.sync;

import dev.caravan.base.property.Form;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One SELECT in the source's SQL. It is put into parentheses, so that nothing of it may reach beyond: its quotes and parentheses match. Comments are refused,
 * because one that ends with its line takes in what follows where YAML folds lines.
 */
public final class OneSelect {
    /** Of the property. */
    static final Form<String> FORM = Form.of(
            "one SELECT in the source's SQL, which may begin with WITH, without ; and comments, without INTO and FOR UPDATE,"
                    + " and '' for a quote in a text",
            OneSelect::of);

    private static final Pattern BEGINNING = Pattern.compile("(?is)(select|with)\\b.*");
    private static final Pattern MORE_THAN_READS = Pattern.compile(
            "(?is)\\binto\\b|\\bfor\\s+(no\\s+key\\s+|key\\s+)?(update|share)\\b|\\block\\s+in\\s+share\\b");

    private OneSelect() {}

    /** The text, if it is one. */
    public static Optional<String> of(String text) {
        StringBuilder outside = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"' || c == '`') {
                int end = text.indexOf(c, i + 1);
                if (end < 0) {
                    return Optional.empty();
                }
                outside.append(c).append(c);
                i = end;
                continue;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0 || c == ';' || c == '\0' || text.startsWith("--", i) || text.startsWith("/*", i)) {
                return Optional.empty();
            }
            outside.append(c);
        }
        return depth == 0
                        && BEGINNING.matcher(outside).matches()
                        && !MORE_THAN_READS.matcher(outside).find()
                ? Optional.of(text)
                : Optional.empty();
    }
}
