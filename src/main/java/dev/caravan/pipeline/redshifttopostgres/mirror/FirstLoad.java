package dev.caravan.pipeline.redshifttopostgres.mirror;

/** How a table gets its first rows. */
public enum FirstLoad {
    /** In one transaction: readers see none of them, or all. */
    AT_ONCE,
    /** A bit at a time, which readers see. */
    CHUNKS
}
