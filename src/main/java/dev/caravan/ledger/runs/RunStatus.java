package dev.caravan.ledger.runs;

import java.util.Locale;

/** Where a run stands. The name in lower case is what the ledger and people see. */
public enum RunStatus {
    /** An instance works on it, or will take it up. */
    RUNNING,
    /** All of it is done. */
    COMPLETE,
    /** It failed, and its reason says why. */
    ERROR;

    /** For example {@code running}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
