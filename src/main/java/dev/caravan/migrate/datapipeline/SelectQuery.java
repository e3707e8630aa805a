package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.RunTime.Kind;
import dev.caravan.migrate.datapipeline.SqlScan.Word;
import dev.caravan.migrate.datapipeline.definition.Expressions;
import dev.caravan.pipeline.tabletoredshift.sync.OneSelect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code selectQuery} takes of a table, as far as a sync can take the same.
 *
 * @param from the table as the query names it; empty if it is more than rows of one table
 * @param select the query itself, if it is more than rows of one table; else empty
 * @param watermark the column that tells the rows of an interval; empty if the query takes the same rows in each run
 * @param zone the time zone of that column, as far as the query says it; may be empty
 * @param overlap how far before an interval it goes back; may be empty
 * @param where further conditions; may be empty
 * @param comments on what is a little different
 * @param refusal why a sync can't take the same, and what to do
 */
record SelectQuery(
        String from,
        String select,
        Optional<String> watermark,
        String zone,
        String overlap,
        String where,
        List<String> comments,
        Optional<String> refusal) {
    private static final Pattern SELECT = Pattern.compile(
            "(?is)select\\s+((?:[\\w$]+|`[^`]+`|\"[^\"]+\")\\s*\\.\\s*)?\\*\\s*from\\s+((?:[\\w$.]+|`[^`]+`\\.?|\"[^\"]+\"\\.?){1,3})(?:\\s+(.*))?");
    private static final List<String> BEYOND = List.of(
            "group", "having", "union", "intersect", "except", "limit", "offset", "fetch", "for", "into", "window");

    /** @param query with values in the place of expressions that have one */
    static SelectQuery of(String query) {
        String text = query.strip().replaceFirst(";$", "").strip();
        Optional<SqlScan> scan = SqlScan.of(withoutTimes(text));
        Matcher select = SELECT.matcher(text);
        if (scan.isEmpty() || !select.matches()) {
            return whole(text, "is more than select * from a table where …");
        }
        String from = SqlScan.unquoted(select.group(2));
        String rest = select.group(3) == null ? "" : select.group(3).strip();
        return rest.isEmpty()
                ? new SelectQuery(from, "", Optional.empty(), "", "", "", List.of(), Optional.empty())
                : where(from, rest, text);
    }

    private static SelectQuery where(String from, String rest, String text) {
        List<String> comments = new ArrayList<>();
        SqlScan scan = SqlScan.of(withoutTimes(rest)).orElseThrow();
        int end = rest.length();
        Optional<Word> order = scan.first(List.of("order"));
        if (order.isPresent()) {
            end = order.get().start();
            comments.add("its ORDER BY is left out: rows come in any order");
        }
        Optional<Word> beyond = scan.first(BEYOND);
        boolean isWhere = rest.regionMatches(true, 0, "where", 0, 5)
                && scan.first(List.of("where")).isPresent();
        if (beyond.isPresent() || !(isWhere || end == 0)) {
            return whole(text, "has more than a WHERE");
        }
        Conditions conditions = new Conditions(end == 0 ? "" : rest.substring(5, end));
        Optional<String> refusal = conditions
                .notUnderstood()
                .map(condition -> "its selectQuery picks the rows of a run by " + condition
                        + ", which has no equal: write mode: incremental and watermark: if a column says when a row changed,"
                        + " or mode: full");
        return new SelectQuery(
                from,
                "",
                conditions.watermark(),
                first(conditions, RunTime::zone),
                overlap(conditions, comments),
                conditions.rest().strip(),
                comments,
                refusal);
    }

    /** The query as it is, unless it depends on the run. */
    private static SelectQuery whole(String text, String what) {
        if (Expressions.isOpen(text)) {
            return refused(
                    "its selectQuery " + what + ", and has values that only a run of the pipeline has. Write it as"
                            + " select: without conditions on them, with mode: incremental, watermark: the column that says when"
                            + " its rows changed, and keys:. It is: " + text);
        }
        Optional<String> select = OneSelect.of(text);
        if (select.isEmpty()) {
            return refused(
                    "its selectQuery " + what + ", and isn't one SELECT without comments: write it as select:, or"
                            + " have a view in the source say it, and name the view in tables. It is: " + text);
        }
        return new SelectQuery(
                "",
                text,
                Optional.empty(),
                "",
                "",
                "",
                List.of(
                        "its selectQuery is taken as it is, all of its rows in each run; tables is only their name now"),
                Optional.empty());
    }

    private static String overlap(Conditions conditions, List<String> comments) {
        if (conditions.watermark().isEmpty()) {
            return "";
        }
        boolean untilStart = conditions.until().stream().anyMatch(time -> time.kind() == Kind.START);
        comments.add(
                "the pipeline took the rows of one interval of its schedule; here the first run takes all rows, and each"
                        + " further one those since the one before");
        if (conditions.from().stream().anyMatch(time -> !time.hasTime())) {
            comments.add(
                    "the pipeline began at midnight, for its time is written without a time of day: if rows are written late,"
                            + " set overlap: 1d");
        }
        return untilStart ? "" : first(conditions, RunTime::back);
    }

    /** What the first of its lower bounds says that says it; empty if none does. */
    private static String first(Conditions conditions, Function<RunTime, String> what) {
        return conditions.from().stream()
                .map(what)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static SelectQuery refused(String why) {
        return new SelectQuery("", "", Optional.empty(), "", "", "", List.of(), Optional.of(why));
    }

    /** The same length, without the quotes that expressions have within. */
    private static String withoutTimes(String text) {
        return Expressions.EXPRESSION
                .matcher(text)
                .replaceAll(found -> "x".repeat(found.group().length()));
    }
}
