package dev.caravan.batch;

import java.util.Locale;

/** Where a batch stands, in the words of the AWS loader. The name in lower case is what the ledger, messages and people see. */
public enum BatchStatus {
    /** Files are being added. */
    OPEN,
    /** Its files are settled and an instance loads it, or will take it over. */
    LOCKED,
    /** Every cluster of its feed holds its files, though it may be other batches that have loaded them. */
    COMPLETE,
    /** At least one cluster refused it; the outcome says why. */
    ERROR;

    /** For example {@code locked}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no status has that word */
    public static BatchStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
