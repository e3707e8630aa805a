package dev.caravan.tell;

import java.util.Locale;

/** How much a message wants a person. */
public enum Severity {
    /** All is well. */
    INFO,
    /** Something is set aside or delayed; nothing fails. */
    WARNING,
    /** Files were not loaded, and will not be unless somebody does something. */
    ERROR;

    /** As it stands in messages: {@code info}, {@code warning} or {@code error}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
