package dev.caravan.base.property;

import dev.caravan.base.Quantity;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.quartz.CronExpression;

/** Forms that properties of all kinds have. */
public final class Forms {
    private static final Pattern WORD_START = Pattern.compile("_(.)");

    private Forms() {}

    /** {@code true} or {@code false}. */
    public static Form<Boolean> flag() {
        return Form.of(
                        "true or false",
                        text -> Optional.of(text)
                                .filter(t -> t.equals("true") || t.equals("false"))
                                .map(Boolean::valueOf))
                .shaped(Shape.of(List.of("true", "false")));
    }

    /** One of an enumeration's words, {@code addColumns} for {@code ADD_COLUMNS}; their case doesn't count. */
    public static <E extends Enum<E>> Form<E> word(Class<E> all) {
        List<E> values = List.of(all.getEnumConstants());
        List<String> words = values.stream().map(Forms::word).toList();
        return Form.of(
                        orOf(words),
                        text -> values.stream()
                                .filter(value -> word(value).equalsIgnoreCase(text))
                                .findFirst())
                .shaped(Shape.of(words));
    }

    /** A whole number of things within a range. */
    public static Form<Integer> count(String things, int least, int most, String example) {
        return Form.of(
                        "a whole number of " + things + " from " + least + " to " + most + ", for example " + example,
                        text -> number(text, least, most))
                .shaped(Shape.number(least, most));
    }

    /** A whole number of at most nine digits within a range; empty if the text is none. */
    public static Optional<Integer> number(String text, int least, int most) {
        return Optional.of(text)
                .filter(t -> t.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .filter(n -> n >= least && n <= most);
    }

    /** Bytes with a unit or without, more than 0. */
    public static Form<Long> size() {
        return Form.of(
                        "a size above 0 such as 500MB or 1GB",
                        text -> Quantity.size(text).filter(n -> n > 0))
                .shaped(new Shape(
                        List.of(),
                        Optional.of(new Shape.Range(1, Long.MAX_VALUE)),
                        Optional.of("^[0-9]+[KkMmGgTt]?[Bb]$")));
    }

    /**
     * A time with its unit, more than 0.
     *
     * @param days that it has at most
     */
    public static Form<Duration> duration(int days) {
        return Form.of(
                        "a duration above 0 and up to " + days + "d such as 30s, 5m or 1h",
                        text -> Quantity.duration(text)
                                .filter(d -> !d.isZero() && d.compareTo(Duration.ofDays(days)) <= 0))
                .shaped(new Shape(List.of(), Optional.empty(), Optional.of("^[0-9]+([Mm][Ss]|[Ss]|[Mm]|[Hh]|[Dd])$")));
    }

    /** A regular expression, Java's. */
    public static <T> Form<T> regex(String example, Function<String, Optional<T>> parser) {
        return Form.of(
                "a regular expression, for example " + example,
                "not a regular expression; write for example " + example,
                parser);
    }

    /** A regular expression's pattern; empty if the text is none. */
    public static Optional<Pattern> pattern(String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /** A cron, as Quartz has them. */
    public static Form<String> cron(String example) {
        return Form.of(
                "a cron, seconds first, for example " + example,
                text -> Optional.of(text).filter(CronExpression::isValidExpression));
    }

    /** A text that matches the pattern whole. */
    public static Function<String, Optional<String>> matching(Pattern pattern) {
        return text -> Optional.of(text).filter(t -> pattern.matcher(t).matches());
    }

    /** What is wrong with a list in which a name stands twice. */
    public static Optional<String> twice(List<String> names) {
        return new HashSet<>(names).size() == names.size()
                ? Optional.empty()
                : Optional.of("a name stands there twice; remove one");
    }

    private static String word(Enum<?> value) {
        return WORD_START
                .matcher(value.name().toLowerCase(Locale.ROOT))
                .replaceAll(start -> start.group(1).toUpperCase(Locale.ROOT));
    }

    private static String orOf(List<String> words) {
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }
}
