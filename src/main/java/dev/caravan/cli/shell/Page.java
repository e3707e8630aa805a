package dev.caravan.cli.shell;

import dev.caravan.base.Quantity;
import dev.caravan.base.Shown;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Text for a person: facts, each with its name, then sections of indented lines under a title. */
public final class Page {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    /** A line with a name and what there is to say; none if that is empty. */
    public Page fact(String name, String value) {
        return value.isEmpty() ? this : line("%-12s %s".formatted(name, value));
    }

    public Page line(String line) {
        text.append(Shown.line(line).stripTrailing()).append(System.lineSeparator());
        return this;
    }

    /** Lines under a title; neither if there are none. */
    public Page section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            gap().line(title);
            lines.forEach(line -> line(INDENT + line));
        }
        return this;
    }

    /** An empty line, unless nothing stands above it. */
    public Page gap() {
        return text.isEmpty() ? this : line("");
    }

    /** Without the last line's end. */
    @Override
    public String toString() {
        return text.toString().stripTrailing();
    }

    /** How long ago something was: {@code 2 min 3 s}. */
    public static String age(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        return age.compareTo(Duration.ofSeconds(1)) < 0 ? "0 s" : Quantity.inWords(age);
    }

    /** A time without parts of a second. */
    public static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A time, and how long ago it was. */
    public static String timeAndAge(Instant time, Instant now) {
        return time(time) + ", " + age(time, now) + " ago";
    }

    /** Texts that say something, separated by semicolons. */
    public static String joined(List<String> texts) {
        return texts.stream().filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
    }
}
