package dev.caravan.batch;

/** What becomes of a file that a cluster can't read. */
public enum BadFilePolicy {
    /** It is set aside, and the rest of its batch loads. */
    QUARANTINE,
    /** Its whole batch fails. */
    FAIL
}
