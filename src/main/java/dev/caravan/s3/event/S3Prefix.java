package dev.caravan.s3.event;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The objects of a bucket whose keys begin alike.
 *
 * @param bucket the bucket's name
 * @param key what their keys begin with, plainly as a string, in which {@code *} stands for any characters but {@code /}; empty means every key
 */
public record S3Prefix(String bucket, String key) {
    private static final int LONGEST_KEY = 1024;
    private static final Pattern SHAPE =
            Pattern.compile("(?:s3://)?([A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9])(?:/(\\P{Cc}*))?");

    /** {@code bucket/prefix}, {@code bucket} or either with {@code s3://} in front; empty if the text is neither. */
    public static Optional<S3Prefix> of(String text) {
        Matcher m = SHAPE.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        String key = m.group(2) == null ? "" : m.group(2);
        return key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY
                ? Optional.empty()
                : Optional.of(new S3Prefix(m.group(1), key));
    }

    /** The key up to the first {@code *}: what S3 can list. */
    public String head() {
        int star = key.indexOf('*');
        return star < 0 ? key : key.substring(0, star);
    }

    /** Whether the key has a {@code *}. */
    public boolean isWild() {
        return key.indexOf('*') >= 0;
    }

    /** How many characters it says for sure. */
    public int weight() {
        return key.length() - (int) key.chars().filter(c -> c == '*').count();
    }

    /** What a key must begin with if {@link #head} isn't enough: only with a {@code *}. */
    public Optional<Pattern> pattern() {
        return !isWild()
                ? Optional.empty()
                : Optional.of(Pattern.compile(
                        Stream.of(key.split("\\*+", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*")),
                        Pattern.DOTALL));
    }

    /** {@code bucket/prefix}. */
    @Override
    public String toString() {
        return bucket + "/" + key;
    }
}
