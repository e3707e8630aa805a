package dev.caravan.base.property;

import dev.caravan.base.property.Reading.Good;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a property of a bean is: the only place that says so. Faults at start, commands, the tables of the reference and what editors know of a bean come from
 * here.
 *
 * @param <T> what its text becomes
 */
public final class Property<T> {
    /** What is shown in a secret's place. */
    public static final String HIDDEN = "***";

    /** What a reader is told of a default that there can't be. */
    public static final String NEEDED = "– (needed)";

    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    private final String name;
    private final Form<T> form;
    private final String what;
    private String example = "";
    private String writtenDefault = "";
    private Optional<T> byDefault = Optional.empty();
    private String otherwise = "none";
    private Optional<String> setting = Optional.empty();
    private boolean secret;
    private boolean needed;
    private boolean parts;

    private Property(String name, Form<T> form, String what) {
        this.name = name;
        this.form = form;
        this.what = what;
    }

    /**
     * A property without a default.
     *
     * @param name camelCase
     * @param what it means: Markdown without a full stop, whose links are seen from {@code docs/reference}
     */
    public static <T> Property<T> of(String name, Form<T> form, String what) {
        return new Property<>(name, form, what);
    }

    /** With a default that can be written. */
    public Property<T> byDefault(String written) {
        if (!(form.reader().apply(written) instanceof Good<T> good)) {
            throw new IllegalArgumentException(name + " can't be '" + written + "', its own default");
        }
        return byDefault(written, good.value());
    }

    /** With a default that is more than what can be written. */
    public Property<T> byDefault(String written, T value) {
        writtenDefault = written;
        return otherwise("`" + written + "`").meaning(value);
    }

    /** With what it is when nothing is written. */
    public Property<T> meaning(T unwritten) {
        byDefault = Optional.of(unwritten);
        return this;
    }

    /** With what a reader is told of its default, in Markdown. */
    public Property<T> otherwise(String words) {
        otherwise = words;
        return this;
    }

    /** A value for a reader to see, where it isn't plain from the words. */
    public Property<T> example(String written) {
        example = written;
        return this;
    }

    /** With a setting, {@code caravan.*}, that says it for all beans that don't. */
    public Property<T> forAll(String key) {
        setting = Optional.of(key);
        return otherwise("`" + key + "`");
    }

    /** Its value is shown nowhere. */
    public Property<T> secret() {
        secret = true;
        return this;
    }

    /** A bean without it is a fault. */
    public Property<T> needed() {
        needed = true;
        return otherwise(NEEDED);
    }

    /** With parts: {@code a: b} within it, as a map, stands for {@code a=b} in its text, separated by commas. */
    public Property<T> withParts() {
        parts = true;
        return this;
    }

    public String name() {
        return name;
    }

    public Form<T> form() {
        return form;
    }

    /** What it means: Markdown without a full stop, whose links are seen from {@code docs/reference}. */
    public String what() {
        return what;
    }

    /** A value, as one would write it; may be empty. */
    public String example() {
        return example;
    }

    /** The default as one would write it; empty if there is none, or none that could be written. */
    public String writtenDefault() {
        return writtenDefault;
    }

    /** What it is when nobody says anything. */
    public Optional<T> byDefault() {
        return byDefault;
    }

    /** What a reader is told of its default, in Markdown. */
    public String otherwise() {
        return otherwise;
    }

    /** What it means, in plain words. */
    public String whatInWords() {
        return plain(what);
    }

    /** What a reader is told of its default, in plain words. */
    public String otherwiseInWords() {
        return otherwise.equals(NEEDED) ? "none, it is needed" : plain(otherwise);
    }

    /** The setting that says it for all beans that don't. */
    public Optional<String> setting() {
        return setting;
    }

    /** Whether it may be a map. */
    public boolean hasParts() {
        return parts;
    }

    public boolean isSecret() {
        return secret;
    }

    public boolean isNeeded() {
        return needed;
    }

    /** Without Markdown's links and marks. */
    private static String plain(String markdown) {
        return LINK.matcher(markdown).replaceAll("$1").replace("`", "");
    }

    @Override
    public String toString() {
        return name;
    }
}
