package dev.caravan.feed.capture;

import dev.caravan.batch.BatchKey;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What groups of a feed's {@code keyPattern} have matched, and what that makes of texts that refer to them: {@code $1} is the first group,
 * {@code ${day}} the one named {@code day}, {@code ${12}} the twelfth.
 *
 * @param values by the group's name or number
 */
public record Captures(SortedMap<String, String> values) {
    /** How a text refers to a group. */
    public static final String REFERENCE = "\\$(?:\\d|\\{\\w+\\})";

    private static final Pattern REFERENCES = Pattern.compile("\\$(?:(\\d)|\\{(\\w+)\\})");

    /** The names and numbers of the groups that a text refers to. */
    public static SortedMap<String, String> references(String text) {
        SortedMap<String, String> names = new TreeMap<>();
        Matcher m = REFERENCES.matcher(text);
        while (m.find()) {
            names.put(name(m), m.group());
        }
        return names;
    }

    /** The text with each reference replaced; one to a group that isn't here throws {@link Unresolved}. */
    public String fill(String text, Escape escape) throws Unresolved {
        Matcher m = REFERENCES.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (m.find()) {
            String value = values.get(name(m));
            if (value == null) {
                throw new Unresolved(m.group() + " has no value");
            }
            m.appendReplacement(filled, Matcher.quoteReplacement(escape.of(value)));
        }
        return m.appendTail(filled).toString();
    }

    /** What is done to a value before it enters a text. */
    @FunctionalInterface
    public interface Escape {
        String of(String value);
    }

    /** What a batch of files with these values has in common: the feed's name, and if there are any, a {@code #} and {@code day=2026-11-21&…}. */
    public String key(String feed) {
        return values.isEmpty()
                ? feed
                : feed
                        + BatchKey.NAME_END
                        + values.entrySet().stream()
                                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"));
    }

    /** What {@link #key} was made of. */
    public static Captures of(String key) {
        SortedMap<String, String> values = new TreeMap<>();
        int end = key.indexOf(BatchKey.NAME_END);
        if (end >= 0) {
            for (String pair : key.substring(end + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                values.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return new Captures(values);
    }

    /** In words, for example {@code day=2026-11-21}. */
    @Override
    public String toString() {
        return values.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
    }

    private static String name(Matcher reference) {
        return reference.group(1) == null ? reference.group(2) : reference.group(1);
    }
}
