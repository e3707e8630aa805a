package dev.caravan.base;

/**
 * Something wrong in the configuration. Faults are collected, so that start-up can report all of them at once.
 *
 * @param key what is wrong, for example {@code web.batchSize} (feed and property) or {@code caravan.iam-role}
 * @param value what stands there, without secrets; empty if nothing does
 * @param advice what is wrong with it and what to do
 */
public record Fault(String key, String value, String advice) {

    /** One line for a person. */
    @Override
    public String toString() {
        return value.isEmpty() ? key + ": " + advice : key + " = " + value + ": " + advice;
    }
}
