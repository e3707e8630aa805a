package dev.caravan.base.property;

import dev.caravan.base.Nearest;
import dev.caravan.base.property.Reading.Good;
import dev.caravan.base.property.Reading.Wrong;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a property's value is written, and how it is read.
 *
 * @param written in words that go on from "write", for example {@code true or false}
 * @param shape what an editor may know of it
 * @param reader reads a text that isn't blank and has no blanks around it; it never throws
 */
public record Form<T>(String written, Shape shape, Function<String, Reading<T>> reader) {

    /** A text; for whatever the parser doesn't take, the advice is to write what the words say. */
    public static <T> Form<T> of(String written, Function<String, Optional<T>> parser) {
        return of(written, "write " + written, parser);
    }

    /** A text, with advice of its own for whatever the parser doesn't take. */
    public static <T> Form<T> of(String written, String advice, Function<String, Optional<T>> parser) {
        return new Form<>(
                written,
                Shape.TEXT,
                text -> parser.apply(text)
                        .<Reading<T>>map(value -> new Good<>(value, text))
                        .orElseGet(() -> new Wrong<>(text, advice)));
    }

    /** The same, with more that an editor may know. */
    public Form<T> shaped(Shape known) {
        return new Form<>(written, known, reader).near(known.words());
    }

    /** The same, with the word that was probably meant where the text, or what it begins with, is like one of these and not one of them. */
    public Form<T> near(List<String> words) {
        return new Form<>(written, shape, text -> {
            Reading<T> reading = reader.apply(text);
            return reading instanceof Wrong<T> wrong
                    ? new Wrong<>(wrong.shown(), wrong.advice() + hint(text, words))
                    : reading;
        });
    }

    private static String hint(String text, List<String> words) {
        String word = text.split("\\s", 2)[0];
        return words.stream().anyMatch(word::equalsIgnoreCase)
                ? ""
                : Nearest.hint(word, words).map(hint -> "; " + hint).orElse("");
    }

    /** The same, of a text to which this is done first. */
    public Form<T> tidied(Function<String, String> tidy) {
        return new Form<>(written, shape, tidy.andThen(reader));
    }

    /** The same, but a value that it takes may still be wrong. */
    public Form<T> unless(Function<T, Optional<String>> advice) {
        return new Form<>(written, shape, text -> {
            Reading<T> reading = reader.apply(text);
            return reading instanceof Good<T> good
                    ? advice.apply(good.value())
                            .<Reading<T>>map(wrong -> new Wrong<>(text, wrong))
                            .orElse(reading)
                    : reading;
        });
    }
}
