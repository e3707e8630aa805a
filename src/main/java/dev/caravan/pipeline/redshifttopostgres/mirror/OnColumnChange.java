package dev.caravan.pipeline.redshifttopostgres.mirror;

/** What becomes of a mirror whose columns are others than those that the target was filled with. */
public enum OnColumnChange {
    /** Both sides are compared anew, and what differs is brought. */
    REBASE,
    /** The run fails. */
    FAIL,
    /** Columns that are new in the source aren't taken. */
    IGNORE_NEW
}
