package dev.caravan.pipeline.tabletoredshift.sync;

import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which columns of a table are taken, and which of them as something else: {@code !card_number, email=sha2(email, 256)}. What isn't named is taken as it is.
 *
 * @param out columns that are left out
 * @param instead by column, an expression in the source's SQL, whose value comes as text
 */
public record ColumnChoice(Set<String> out, Map<String, String> instead) {
    /** All columns as they are. */
    static final ColumnChoice ALL = new ColumnChoice(Set.of(), Map.of());

    public ColumnChoice {
        out = Set.copyOf(out);
        instead = Map.copyOf(instead);
    }

    /** Parts separated by commas that aren't in parentheses or quotes; empty if the text isn't that. */
    static Optional<ColumnChoice> of(String text) {
        Set<String> out = new LinkedHashSet<>();
        Map<String, String> instead = new LinkedHashMap<>();
        for (String part : parts(text)) {
            int equals = part.indexOf('=');
            String name = (part.startsWith("!") ? part.substring(1) : part.substring(0, Math.max(0, equals))).strip();
            String expression =
                    part.startsWith("!") ? "" : part.substring(equals + 1).strip();
            boolean wrong = name.isEmpty()
                    || (!part.startsWith("!") && (equals < 0 || expression.isEmpty() || !isBalanced(expression)))
                    || out.contains(name)
                    || instead.containsKey(name);
            if (wrong) {
                return Optional.empty();
            }
            if (part.startsWith("!")) {
                out.add(name);
            } else {
                instead.put(name, expression);
            }
        }
        return Optional.of(new ColumnChoice(out, instead));
    }

    /** The table with the columns that are taken. */
    public SourceTable of(SourceTable table) {
        List<SourceColumn> taken = table.columns().stream()
                .filter(column -> !out.contains(column.name()))
                .toList();
        return table.with(taken);
    }

    /** Columns that it names and the table doesn't have. */
    public Set<String> missing(SourceTable table) {
        Set<String> named = new TreeSet<>(out);
        named.addAll(instead.keySet());
        table.columns().forEach(column -> named.remove(column.name()));
        return named;
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"' || c == '`') {
                quote = c;
            } else if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    /** Whether its parentheses and quotes end: else it would take in what stands behind it. */
    private static boolean isBalanced(String expression) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"' || c == '`') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth < 0) {
                return false;
            }
        }
        return depth == 0 && quote == 0 && !expression.contains(";") && !expression.contains("--");
    }
}
