package dev.caravan.pipeline.redshifttopostgres.mirror;

/** Where the difference is made. */
public enum Engine {
    /** In Redshift, against a table of keys and hashes. */
    WAREHOUSE,
    /** In this process, from files that hold the whole table. */
    FILES
}
