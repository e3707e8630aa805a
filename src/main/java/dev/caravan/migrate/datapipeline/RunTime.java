package dev.caravan.migrate.datapipeline;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression of which only a run knows the value: the beginning or the end of the interval that it is for.
 *
 * @param back how far before that, as in {@code 48h}; empty for not at all
 * @param zone the time zone in which it is written; empty for UTC
 * @param hasTime whether it is written with a time of day
 */
record RunTime(Kind kind, String back, String zone, boolean hasTime) {
    private static final Pattern TIME = Pattern.compile("(?:(?:format|formatDateTime)\\s*\\(\\s*)?"
            + "(?:inTimeZone\\s*\\(\\s*)?(?:minus(Minutes|Hours|Days|Weeks)\\s*\\(\\s*)?@scheduled(Start|End)Time"
            + "(?:\\s*,\\s*(\\d{1,6})\\s*\\))?(?:\\s*,\\s*['\"]([\\w+-]+/[\\w/+-]+)['\"]\\s*\\))?"
            + "(?:\\.format\\s*\\(|\\s*,)?\\s*(?:['\"](.*)['\"]\\s*\\)?)?\\s*\\)?");
    private static final List<String> UNITS = List.of("minutes", "hours", "days", "weeks");

    /** Which time it is. */
    enum Kind {
        START,
        END,
        OTHER
    }

    /** @param expression what stands between the braces */
    static RunTime of(String expression) {
        Matcher time = TIME.matcher(expression.strip());
        if (!time.matches() || (time.group(1) == null) != (time.group(3) == null)) {
            return new RunTime(Kind.OTHER, "", "", true);
        }
        String format = time.group(5);
        return new RunTime(
                time.group(2).equals("Start") ? Kind.START : Kind.END,
                time.group(1) == null ? "" : back(Long.parseLong(time.group(3)), time.group(1)),
                time.group(4) == null ? "" : time.group(4),
                format == null || format.toLowerCase(Locale.ROOT).contains("hh"));
    }

    private static String back(long amount, String unit) {
        return switch (UNITS.indexOf(unit.toLowerCase(Locale.ROOT))) {
            case 0 -> amount + "m";
            case 1 -> amount + "h";
            case 2 -> amount + "d";
            default -> amount * 7 + "d";
        };
    }
}
