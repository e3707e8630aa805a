package dev.caravan.redshift.target;

/** What becomes of fields of the data that the table has no column for. */
public enum SchemaEvolution {
    /** What COPY makes of them: those of JSON and Avro are left out, columns of Parquet refused. */
    NONE,
    /** A column is added for each; no column is ever dropped or changed. */
    ADD_COLUMNS
}
