package dev.caravan.pipeline.redshifttopostgres.mirror;

/** How a table gets its first rows. */
public enum FirstLoad {
    /** All at once. */
    SWAP,
    /** A bit at a time, which readers see. */
    CHUNKS
}
