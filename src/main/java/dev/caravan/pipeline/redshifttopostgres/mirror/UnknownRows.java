package dev.caravan.pipeline.redshifttopostgres.mirror;

/** What becomes of rows of the target of which nobody knows whether they were mirrored, and whose keys the source hasn't. */
public enum UnknownRows {
    /** They stay. */
    KEEP,
    /** They go. */
    DELETE
}
