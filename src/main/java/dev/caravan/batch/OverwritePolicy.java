package dev.caravan.batch;

/** What becomes of a new version of an object that a feed has taken before. */
public enum OverwritePolicy {
    /** It is a file like any other. */
    LOAD,
    /** It is left alone. */
    SKIP,
    /** It is loaded, and the rows that came from the object before are deleted in the same transaction. */
    REPLACE
}
