package dev.caravan.sandbox.redshift.copy.command;

/** The formats that Redshift knows. */
public enum Format {
    TEXT,
    CSV,
    FIXEDWIDTH,
    JSON,
    AVRO,
    PARQUET,
    ORC,
    SHAPEFILE;

    boolean isSupported() {
        return this != SHAPEFILE;
    }

    /** Fields are cut out of text, so NULL AS, empty fields and missing columns have a meaning. */
    public boolean isText() {
        return this == TEXT || this == CSV || this == FIXEDWIDTH;
    }

    /** Read column by column, by another part of Redshift: with few parameters, and errors of its own. */
    public boolean isColumnar() {
        return this == PARQUET || this == ORC;
    }
}
