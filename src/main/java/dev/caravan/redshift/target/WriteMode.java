package dev.caravan.redshift.target;

/** What becomes of the rows that a table has when a batch is loaded. */
public enum WriteMode {
    /** They stay, and the batch's rows are added. */
    APPEND,
    /** All of them are deleted: the table then has the batch's rows alone. */
    REPLACE,
    /** Those that have the keys of one of the batch's rows are deleted: the batch's row takes their place. */
    OVERWRITE_EXISTING,
    /** They stay, and of the batch's rows only those are added whose keys the table doesn't have. */
    KEEP_EXISTING;

    /** Whether rows are compared by their keys. */
    public boolean isMerge() {
        return this == OVERWRITE_EXISTING || this == KEEP_EXISTING;
    }
}
