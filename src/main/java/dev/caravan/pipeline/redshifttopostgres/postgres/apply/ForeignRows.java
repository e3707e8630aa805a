package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

/** What becomes of a row that is to be inserted, and whose key the table already has: somebody else wrote it. */
public enum ForeignRows {
    /** Nothing is changed, and a person is told which. */
    FAIL,
    /** It becomes the mirror's: its columns are written, and those of the application stay. */
    ADOPT
}
