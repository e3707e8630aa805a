package dev.caravan.feed.capture;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that an object's key matches whole, and whose groups capture parts of it.
 *
 * @param pattern Java's
 */
public record KeyPattern(Pattern pattern) {
    /** Bytes: the key of an open batch is part of an item's key in the ledger, which DynamoDB limits to 1,024. */
    private static final int LONGEST = 512;

    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    /** Empty if the text is not a regular expression. */
    public static Optional<KeyPattern> of(String text) {
        return compiled(text).map(KeyPattern::new);
    }

    public boolean matches(String key) {
        return pattern.matcher(key).matches();
    }

    /** Whether it has a group of that name or number. */
    public boolean has(String group) {
        return isNumber(group)
                ? Integer.parseInt(group) <= pattern.matcher("").groupCount()
                : compiled("(?:" + pattern.pattern() + ")|\\k<" + group + ">").isPresent();
    }

    /** What these groups have matched of a key that {@link #matches}. */
    public Captures captures(String key, Collection<String> groups) throws Unresolved {
        Matcher m = pattern.matcher(key);
        if (!m.matches()) {
            throw new Unresolved("the key doesn't match keyPattern " + pattern);
        }
        Captures captures = new Captures(new TreeMap<>());
        for (String group : groups) {
            String value = isNumber(group) ? m.group(Integer.parseInt(group)) : m.group(group);
            if (value == null || value.isEmpty()) {
                throw new Unresolved("group " + group + " of keyPattern matches nothing in it");
            }
            if (UNFIT.matcher(value).find()) {
                throw new Unresolved(
                        "group " + group + " of keyPattern matches a control character or half a character");
            }
            captures.values().put(group, value);
        }
        if (captures.key("").getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new Unresolved("what keyPattern matches is longer than " + LONGEST + " bytes");
        }
        return captures;
    }

    private static boolean isNumber(String group) {
        return group.matches("\\d{1,4}");
    }

    private static Optional<Pattern> compiled(String text) {
        try {
            return Optional.of(Pattern.compile(text, Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }
}
