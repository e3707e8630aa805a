package dev.caravan.migrate.datapipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An SQL text as far as it must be understood here: which of its words stand outside of quotes and brackets, and where commas do.
 *
 * @param words in small letters, with their places
 * @param commas their places
 */
record SqlScan(String text, List<Word> words, List<Integer> commas) {
    /** A word; {@code end} is behind it. */
    record Word(String text, int start, int end) {}

    /** Empty if quotes or brackets don't match, or a comment or an escape makes them hard to tell. */
    static Optional<SqlScan> of(String text) {
        List<Word> words = new ArrayList<>();
        List<Integer> commas = new ArrayList<>();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == ';' || text.startsWith("--", i) || text.startsWith("/*", i)) {
                return Optional.empty();
            } else if (c == '\'' || c == '"' || c == '`') {
                int end = text.indexOf(c, i + 1);
                if (end < 0 || text.substring(i, end).indexOf('\\') >= 0) {
                    return Optional.empty();
                }
                i = end;
            } else if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
                if (depth < 0) {
                    return Optional.empty();
                }
            } else if (c == ',' && depth == 0) {
                commas.add(i);
            } else if (isWord(c)) {
                int end = i;
                while (end < text.length() && isWord(text.charAt(end))) {
                    end++;
                }
                if (depth == 0) {
                    words.add(new Word(text.substring(i, end).toLowerCase(Locale.ROOT), i, end));
                }
                i = end - 1;
            }
        }
        return depth == 0 ? Optional.of(new SqlScan(text, List.copyOf(words), List.copyOf(commas))) : Optional.empty();
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    /** The first of these words. */
    Optional<Word> first(List<String> any) {
        return words.stream().filter(word -> any.contains(word.text())).findFirst();
    }

    /** What stands between the commas. */
    List<String> items() {
        List<String> items = new ArrayList<>();
        int start = 0;
        for (int comma : commas) {
            items.add(text.substring(start, comma).strip());
            start = comma + 1;
        }
        items.add(text.substring(start).strip());
        return items;
    }

    /** A name without its quotes. */
    static String unquoted(String name) {
        return name.replaceAll("[\"`]", "").strip();
    }
}
