package dev.caravan.migrate.datapipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code createTableSql} says of a table in Redshift, besides its columns.
 *
 * @param name as it is written, maybe with a schema; empty if the statement isn't understood
 * @param distKey may be empty
 * @param style {@code all}, {@code even}, {@code auto}, or empty
 */
record CreateTable(
        String name,
        String distKey,
        List<String> sortKey,
        List<String> primaryKey,
        boolean isInterleaved,
        String style) {
    private static final CreateTable UNKNOWN = new CreateTable("", "", List.of(), List.of(), false, "");
    private static final Pattern HEAD =
            Pattern.compile("(?is)\\s*create\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?([\\w.\"$]+)\\s*\\(");
    private static final Pattern DISTKEY = Pattern.compile("(?i)\\bdistkey\\s*\\(([^()]*)\\)");
    private static final Pattern SORTKEY = Pattern.compile("(?i)\\b(interleaved\\s+)?sortkey\\s*\\(([^()]*)\\)");
    private static final Pattern STYLE = Pattern.compile("(?i)\\bdiststyle\\s+(\\w+)");
    private static final Pattern PRIMARY = Pattern.compile("(?i)\\bprimary\\s+key\\s*\\(([^()]*)\\)");
    private static final Pattern CONSTRAINT =
            Pattern.compile("(?is)(?:constraint\\s+\\S+\\s+)?(?:primary\\s+key|unique|foreign\\s+key|like)\\b.*");

    static CreateTable of(String sql) {
        String text = sql.strip().replaceFirst(";$", "");
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            return UNKNOWN;
        }
        int end = closing(text, head.end() - 1);
        if (end < 0) {
            return UNKNOWN;
        }
        Optional<SqlScan> body = SqlScan.of(text.substring(head.end(), end));
        return body.isEmpty()
                ? UNKNOWN
                : read(SqlScan.unquoted(head.group(1)), body.get().items(), text.substring(end + 1));
    }

    private static CreateTable read(String name, List<String> items, String tail) {
        String distKey = "";
        List<String> sortKey = new ArrayList<>();
        List<String> primaryKey = new ArrayList<>();
        for (String item : items) {
            if (CONSTRAINT.matcher(item).matches()) {
                Matcher primary = PRIMARY.matcher(item);
                if (primary.find()) {
                    primaryKey.addAll(names(primary.group(1)));
                }
                continue;
            }
            String column = SqlScan.unquoted(item.replaceFirst("\\s.*", ""));
            String words = " "
                    + item.toLowerCase(Locale.ROOT).replaceAll("'[^']*'", "").replaceAll("\\s+", " ") + " ";
            distKey = words.contains(" distkey ") ? column : distKey;
            if (words.contains(" sortkey ")) {
                sortKey.add(column);
            }
            if (words.contains(" primary key ")) {
                primaryKey.add(column);
            }
        }
        Matcher dist = DISTKEY.matcher(tail);
        Matcher sort = SORTKEY.matcher(tail);
        Matcher style = STYLE.matcher(tail);
        boolean hasSort = sort.find();
        return new CreateTable(
                name,
                dist.find() ? SqlScan.unquoted(dist.group(1)) : distKey,
                hasSort ? names(sort.group(2)) : List.copyOf(sortKey),
                List.copyOf(primaryKey),
                hasSort && sort.group(1) != null,
                style.find() ? style.group(1).toLowerCase(Locale.ROOT) : "");
    }

    private static List<String> names(String list) {
        return List.of(list.split(",", -1)).stream().map(SqlScan::unquoted).toList();
    }

    /** Where the bracket closes that opens there; -1 if nowhere. */
    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                i = text.indexOf(c, i + 1);
                if (i < 0) {
                    return -1;
                }
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
