package dev.caravan.pipeline.redshifttopostgres.postgres.load;

/** How the first rows of a mirror come into a table that has rows already. */
public enum FirstLoadMode {
    /** A new table is filled beside it, and takes its place in a moment: readers see the old rows or the new ones. */
    SWAP,
    /** Some rows after the others, each with its own transaction: readers see more and more of them. */
    CHUNKS
}
