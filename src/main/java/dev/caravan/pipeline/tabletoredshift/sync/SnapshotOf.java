package dev.caravan.pipeline.tabletoredshift.sync;

/** What is read as it was at one moment of the source. */
public enum SnapshotOf {
    /** Each table for itself. */
    TABLE,
    /** All tables of a run. */
    SYNC
}
