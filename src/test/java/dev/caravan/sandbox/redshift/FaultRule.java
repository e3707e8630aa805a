package dev.caravan.sandbox.redshift;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a fault strikes. As text: {@code resize match=COPY times=2 skip=1}, a match with blanks in double quotes, {@code forever} for
 * a rule that stands until it is cleared.
 *
 * @param match found in what the fault's point names, in any case of letters: a statement, an object's URL, a user
 * @param times how often it strikes; 0 is until cleared
 * @param skip how many occasions pass before
 * @param pause for the slow ones
 * @param rows for those within a COPY: after how many rows
 */
public record FaultRule(Fault fault, Pattern match, int times, int skip, Duration pause, long rows) {
    private static final Pattern OPTION = Pattern.compile("\\s+(\\w+)(?:=(?:\"([^\"]*)\"|(\\S+)))?");

    /** Strikes once, at the first occasion that the fault names. */
    public static FaultRule of(Fault fault) {
        return new FaultRule(fault, pattern(fault.defaultMatch()), 1, 0, Duration.ofSeconds(1), 1);
    }

    /**
     * Reads a rule's text.
     *
     * @throws IllegalArgumentException with what is wrong and what there is
     */
    public static FaultRule parse(String text) {
        String rest = text.strip();
        int end = 0;
        while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
            end++;
        }
        FaultRule rule = of(Fault.named(rest.substring(0, end)));
        Matcher option = OPTION.matcher(rest);
        while (end < rest.length()) {
            if (!option.find(end) || option.start() != end) {
                throw new IllegalArgumentException(
                        "Can't read '" + rest.substring(end).strip() + "'");
            }
            String value = option.group(2) != null ? option.group(2) : option.group(3);
            rule = rule.with(option.group(1), value == null ? "" : value);
            end = option.end();
        }
        return rule;
    }

    public FaultRule matching(String regex) {
        return new FaultRule(fault, pattern(regex), times, skip, pause, rows);
    }

    public FaultRule times(int count) {
        return new FaultRule(fault, match, count, skip, pause, rows);
    }

    /** Until it is cleared. */
    public FaultRule forever() {
        return times(0);
    }

    public FaultRule skipping(int count) {
        return new FaultRule(fault, match, times, count, pause, rows);
    }

    public FaultRule pausing(Duration length) {
        return new FaultRule(fault, match, times, skip, length, rows);
    }

    public FaultRule afterRows(long count) {
        return new FaultRule(fault, match, times, skip, pause, count);
    }

    private FaultRule with(String option, String value) {
        return switch (option) {
            case "match" -> matching(value);
            case "times" -> times(Integer.parseInt(value));
            case "forever" -> forever();
            case "skip" -> skipping(Integer.parseInt(value));
            case "ms" -> pausing(Duration.ofMillis(Long.parseLong(value)));
            case "rows" -> afterRows(Long.parseLong(value));
            default ->
                throw new IllegalArgumentException(
                        "Unknown option '" + option + "': use match, times, forever, skip, ms or rows");
        };
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
