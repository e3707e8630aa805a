package dev.caravan.base.property;

/** What a text turns out to be when it is read as a property's value. */
public sealed interface Reading<T> {
    /**
     * A value.
     *
     * @param written how it is shown to a person
     */
    record Good<T>(T value, String written) implements Reading<T> {}

    /**
     * No value.
     *
     * @param shown what of the text is wrong
     * @param advice what is wrong with it and what to do
     */
    record Wrong<T>(String shown, String advice) implements Reading<T> {}
}
