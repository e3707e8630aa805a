package dev.caravan.startup.setting;

import dev.caravan.base.Quantity;
import dev.caravan.base.property.Form;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.Reading;
import dev.caravan.base.property.Reading.Good;
import dev.caravan.base.property.Reading.Wrong;
import dev.caravan.base.property.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Forms that settings have, and beans don't. */
final class SettingForms {
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[^\\s/]+(/\\S*)?");

    private SettingForms() {}

    /** Any text. */
    static Form<String> text(String written) {
        return Form.of(written, Optional::of);
    }

    /** A whole number. */
    static Form<Integer> number(int least, int most) {
        return Form.of(
                        "a number from " + least + " to " + most,
                        text -> Optional.of(text)
                                .filter(number -> number.matches("\\d{1,9}"))
                                .map(Integer::valueOf)
                                .filter(number -> number >= least && number <= most))
                .shaped(Shape.number(least, most));
    }

    /** A time with its unit. */
    static Form<Duration> within(Duration least, Duration most, String example) {
        String bounds = "from " + written(least) + " to " + written(most) + ", for example " + example;
        return new Form<>(
                bounds,
                Shape.TEXT,
                text -> Quantity.duration(text)
                        .<Reading<Duration>>map(
                                duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0
                                        ? new Good<>(duration, text)
                                        : new Wrong<>(text, "write " + bounds))
                        .orElseGet(() -> new Wrong<>(text, "write a number and a unit: 500ms, 30s, 5m, 1h or 1d")));
    }

    private static String written(Duration duration) {
        return Quantity.inWords(duration).replace(" ", "");
    }

    /** One of two words, the second of which means true. */
    static Form<Boolean> either(String no, String yes) {
        return Form.of(
                        yes + " or " + no,
                        text -> Optional.of(text)
                                .filter(word -> word.equals(yes) || word.equals(no))
                                .map(yes::equals))
                .shaped(Shape.of(List.of(no, yes)));
    }

    /** The address of a web page, which may hold a secret: what is wrong with it is told without it. */
    static Form<Optional<String>> webAddress() {
        return new Form<>(
                "https://…, or nothing",
                Shape.TEXT,
                text -> WEB_ADDRESS.matcher(text).matches()
                        ? new Good<>(Optional.of(text), Property.HIDDEN)
                        : new Wrong<>("", "what stands there is no address: write https://… or nothing"));
    }
}
