package dev.caravan.pipeline.tabletoredshift.sync;

/** How much of a table a run reads. */
public enum SyncMode {
    /** All of it. */
    FULL,
    /** What may have changed since the run before. */
    INCREMENTAL
}
