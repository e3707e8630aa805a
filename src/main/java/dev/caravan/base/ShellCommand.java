package dev.caravan.base;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command for a person to paste. A POSIX shell parses it back to the words that it was made of, and no word is more than a word to it: see
 * <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02_02">2.2.2 Single-Quotes</a>. It never has a character that a
 * terminal doesn't draw: an object's URL with one is written as {@link #url} says.
 */
public final class ShellCommand {
    /** Stands before an object's URL whose key is percent-encoded, where commands take an object's URL. */
    public static final String ENCODED = "encoded:";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@+,-]+");

    private ShellCommand() {}

    /** @param words the program and its arguments; those that may have characters which can't be shown are objects' URLs */
    public static String of(String... words) {
        return Arrays.stream(words).map(ShellCommand::word).collect(Collectors.joining(" "));
    }

    private static String word(String word) {
        String shown = Shown.isPlain(word) ? word : url(word);
        return PLAIN.matcher(shown).matches() ? shown : "'" + shown.replace("'", "'\\''") + "'";
    }

    /**
     * An object's URL as a command takes it: as it is, or, if it has characters that can't be shown, after {@link #ENCODED} and with those and every
     * {@code %} percent-encoded.
     */
    public static String url(String url) {
        if (Shown.isPlain(url)) {
            return url;
        }
        StringBuilder encoded = new StringBuilder(ENCODED);
        url.codePoints().forEach(c -> {
            String text = Character.toString(c);
            if (c == '%' || c == Shown.ZERO_WIDTH_JOINER || Shown.isHidden(c)) {
                for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
                    encoded.append("%%%02X".formatted(octet & 0xFF));
                }
            } else {
                encoded.append(text);
            }
        });
        return encoded.toString();
    }

    /**
     * The URL that {@link #url} wrote.
     *
     * @throws IllegalArgumentException if it has a {@code %} without two hexadecimal digits
     */
    public static String decoded(String url) {
        return url.startsWith(ENCODED)
                ? URLDecoder.decode(url.substring(ENCODED.length()).replace("+", "%2B"), StandardCharsets.UTF_8)
                : url;
    }
}
