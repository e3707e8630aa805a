package dev.caravan.sandbox.redshift.copy;

/** The formats that Redshift knows. */
enum Format {
    TEXT(true),
    CSV(true),
    JSON(true),
    AVRO(false),
    FIXEDWIDTH(false),
    ORC(false),
    PARQUET(false),
    SHAPEFILE(false);

    private final boolean supported;

    Format(boolean supported) {
        this.supported = supported;
    }

    boolean isSupported() {
        return supported;
    }

    /** Fields are cut out of text, so NULL AS, empty fields and missing columns have a meaning. */
    boolean isText() {
        return this == TEXT || this == CSV;
    }
}
