package dev.caravan.base.property;

import java.util.List;
import java.util.Optional;

/**
 * What can be said of a value before it is read, by an editor for example: it is one of the words, a number within the range, or a text that matches the
 * pattern. With none of the three it is any text.
 *
 * @param words that it may be
 * @param range of a whole number
 * @param pattern a regular expression that is the same in Java and in JavaScript
 */
public record Shape(List<String> words, Optional<Range> range, Optional<String> pattern) {
    /** Any text. */
    public static final Shape TEXT = new Shape(List.of(), Optional.empty(), Optional.empty());

    /** Both ends belong to it. */
    public record Range(long least, long most) {}

    /** One of these. */
    public static Shape of(List<String> words) {
        return new Shape(words, Optional.empty(), Optional.empty());
    }

    /** A whole number, or one of the words. */
    public static Shape number(long least, long most, String... words) {
        return new Shape(List.of(words), Optional.of(new Range(least, most)), Optional.empty());
    }
}
