package dev.caravan.pipeline.redshifttopostgres.mirror;

/** What becomes of a row of the target that nobody mirrored, and whose key the source has now. */
public enum ForeignRows {
    /** The run fails. */
    FAIL,
    /** It becomes the source's. */
    ADOPT
}
