package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.RunTime.Kind;
import dev.caravan.migrate.datapipeline.SqlScan.Word;
import dev.caravan.migrate.datapipeline.definition.Expressions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The conditions of a WHERE, with those taken out that pick the rows of one interval. */
final class Conditions {
    private static final String COLUMN = "((?:[\\w$]+\\.|`[^`]+`\\.|\"[^\"]+\"\\.)?(?:[\\w$]+|`[^`]+`|\"[^\"]+\"))";
    private static final String TIME = "(?:(?:timestamp|datetime|date)\\s*)?(['\"]?)#\\{(\\d+)}['\"]?(?:::[a-z ]+)?";
    private static final String CALL = "[\\w.]+\\s*\\(\\s*" + TIME + "\\s*(?:(?:,|as\\b)[^()#]*)?\\)";
    private static final Pattern COMPARED =
            Pattern.compile("(?i)" + COLUMN + "\\s*(>=|>|<=|<)\\s*(?:" + TIME + "|" + CALL + ")");
    private static final Pattern BETWEEN =
            Pattern.compile("(?i)" + COLUMN + "\\s+between\\s+" + TIME + "\\s+and\\s+" + TIME);

    private final List<RunTime> times = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final Set<String> columns = new LinkedHashSet<>();
    private final List<RunTime> from = new ArrayList<>();
    private final List<RunTime> until = new ArrayList<>();
    private final List<String> rest = new ArrayList<>();
    private Optional<String> notUnderstood = Optional.empty();

    /** @param where without the word itself */
    Conditions(String where) {
        Matcher expression = Expressions.EXPRESSION.matcher(where);
        String numbered = expression.replaceAll(found -> {
            times.add(RunTime.of(found.group(1)));
            texts.add(found.group());
            return Matcher.quoteReplacement("#{" + (times.size() - 1) + "}");
        });
        take(numbered.strip(), 0);
    }

    /** The column that tells an interval's rows; empty if none does. */
    Optional<String> watermark() {
        return columns.stream().findFirst();
    }

    /** The times that the rows are not before. */
    List<RunTime> from() {
        return from;
    }

    /** The times that they are before. */
    List<RunTime> until() {
        return until;
    }

    /** All other conditions. */
    String rest() {
        return String.join(" and ", rest);
    }

    /** The condition that depends on the interval and picks its rows in another way. */
    Optional<String> notUnderstood() {
        if (notUnderstood.isEmpty() && columns.size() > 1) {
            return Optional.of("conditions on " + String.join(" and ", columns));
        }
        return notUnderstood.isEmpty() && !until.isEmpty() && from.isEmpty()
                ? Optional.of("a condition on " + String.join("", columns) + " that only says before when")
                : notUnderstood;
    }

    private void take(String condition, int depth) {
        Optional<List<String>> parts = depth > 10 ? Optional.empty() : anded(condition);
        if (parts.isEmpty()) {
            keep(condition);
        } else if (parts.get().size() > 1) {
            parts.get().forEach(part -> take(part, depth + 1));
        } else if (condition.startsWith("(")
                && condition.endsWith(")")
                && Expressions.isOpen(condition)
                && SqlScan.of(inner(condition)).isPresent()) {
            take(inner(condition), depth + 1);
        } else if (!compared(condition) && !between(condition)) {
            keep(condition);
        }
    }

    private static String inner(String condition) {
        return condition.substring(1, condition.length() - 1).strip();
    }

    private boolean compared(String condition) {
        Matcher compared = COMPARED.matcher(condition);
        if (!compared.matches()) {
            return false;
        }
        int time = Integer.parseInt(compared.group(4) != null ? compared.group(4) : compared.group(6));
        return bound(compared.group(1), compared.group(2).startsWith(">") ? from : until, times.get(time));
    }

    private boolean between(String condition) {
        Matcher between = BETWEEN.matcher(condition);
        return between.matches()
                && bound(between.group(1), from, times.get(Integer.parseInt(between.group(3))))
                && bound(between.group(1), until, times.get(Integer.parseInt(between.group(5))));
    }

    private boolean bound(String column, List<RunTime> bounds, RunTime time) {
        if (time.kind() == Kind.OTHER || (bounds == from && time.kind() == Kind.END)) {
            return false;
        }
        columns.add(SqlScan.unquoted(column).replaceFirst(".*\\.", ""));
        return bounds.add(time);
    }

    private void keep(String condition) {
        if (Expressions.isOpen(condition)) {
            notUnderstood = Optional.of(written(condition));
        } else {
            rest.add(condition);
        }
    }

    private String written(String condition) {
        String text = condition;
        for (int i = 0; i < texts.size(); i++) {
            text = text.replace("#{" + i + "}", texts.get(i));
        }
        return text;
    }

    /** What AND joins; one if there is none, or an OR as well; empty if it isn't understood. */
    private static Optional<List<String>> anded(String condition) {
        Optional<SqlScan> scan = SqlScan.of(condition);
        if (scan.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        int start = 0;
        boolean between = false;
        for (Word word : scan.get().words()) {
            if (word.text().equals("or") || word.text().equals("case")) {
                return Optional.of(List.of(condition));
            } else if (word.text().equals("between")) {
                between = true;
            } else if (word.text().equals("and") && between) {
                between = false;
            } else if (word.text().equals("and")) {
                parts.add(condition.substring(start, word.start()).strip());
                start = word.end();
            }
        }
        parts.add(condition.substring(start).strip());
        return Optional.of(parts);
    }
}
