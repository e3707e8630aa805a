package dev.caravan.batch;

import java.util.Locale;

/** The step that a locked batch has reached: written to the ledger before the step begins, so that a failure names its stage. */
public enum Stage {
    MANIFEST,
    COPY,
    NOTIFY;

    /** For example {@code copy}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no stage has that word */
    public static Stage of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
