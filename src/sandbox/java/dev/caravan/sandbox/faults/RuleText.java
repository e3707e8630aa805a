package dev.caravan.sandbox.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one stand-in's rules are written: the fault's name, then options. {@code resize match=COPY times=2 skip=1}; a match with
 * blanks in double quotes, {@code forever} for a rule that stands until it is cleared, {@code rate=0.05} for one that strikes one
 * occasion in twenty (for ever, unless it says how many times). Without options it strikes once, at the first occasion.
 *
 * @param words of a fault's name
 * @param named the fault of a name; throws {@link IllegalArgumentException} with the names that there are
 * @param match what a fault strikes unless the rule says otherwise: a regular expression
 * @param options that a rule may have
 */
public record RuleText<F>(int words, Function<String, F> named, Function<F, String> match, List<String> options) {
    private static final Pattern OPTION = Pattern.compile("\\s+(\\w+)(?:=(?:\"([^\"]*)\"|(\\S+)))?");

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException with what is wrong and what there is
     */
    public FaultRule<F> parse(String text) {
        String rule = text.strip();
        Matcher start = Pattern.compile("\\S*(\\s+\\S+){0," + (words - 1) + "}").matcher(rule);
        int end = start.lookingAt() ? start.end() : 0;
        String name = rule.substring(0, end);
        F fault = named.apply(name);
        Map<String, String> given = options(rule, end);
        double rate = Double.parseDouble(given.getOrDefault("rate", "1"));
        String once = given.containsKey("rate") ? "0" : "1";
        int times = given.containsKey("forever") ? 0 : Integer.parseInt(given.getOrDefault("times", once));
        return new FaultRule<>(
                fault,
                name,
                Pattern.compile(given.getOrDefault("match", match.apply(fault)), Pattern.CASE_INSENSITIVE),
                times,
                Integer.parseInt(given.getOrDefault("skip", "0")),
                Duration.ofMillis(Long.parseLong(given.getOrDefault("ms", "1000"))),
                Long.parseLong(given.getOrDefault("rows", "1")),
                rate);
    }

    private Map<String, String> options(String rule, int from) {
        Map<String, String> given = new HashMap<>();
        Matcher option = OPTION.matcher(rule);
        for (int end = from; end < rule.length(); end = option.end()) {
            if (!option.find(end) || option.start() != end) {
                throw new IllegalArgumentException(
                        "Can't read '" + rule.substring(end).strip() + "'");
            }
            if (!options.contains(option.group(1))) {
                throw new IllegalArgumentException(
                        "Unknown option '" + option.group(1) + "': use " + String.join(", ", options));
            }
            String value = option.group(2) != null ? option.group(2) : option.group(3);
            given.put(option.group(1), value == null ? "" : value);
        }
        return given;
    }
}
