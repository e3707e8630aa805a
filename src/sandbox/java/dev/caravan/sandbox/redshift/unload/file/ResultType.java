package dev.caravan.sandbox.redshift.unload.file;

import dev.caravan.sandbox.redshift.wire.ServerError;

/** The types of a result's columns, by the numbers that PostgreSQL and Redshift's driver know them by. */
public enum ResultType {
    BOOLEAN("boolean"),
    SMALLINT("smallint"),
    INTEGER("integer"),
    BIGINT("bigint"),
    REAL("real"),
    DOUBLE("double precision"),
    DECIMAL("numeric"),
    CHAR("character"),
    /** Also PostgreSQL's text, name, "char" and literals of no type. */
    VARCHAR("character varying"),
    DATE("date"),
    TIME("time without time zone"),
    TIMETZ("time with time zone"),
    TIMESTAMP("timestamp without time zone"),
    TIMESTAMPTZ("timestamp with time zone"),
    SUPER("super"),
    VARBYTE("binary varying"),
    GEOMETRY("geometry");

    private final String inManifest;

    ResultType(String inManifest) {
        this.inManifest = inManifest;
    }

    static ResultType of(int number, String column) throws ServerError {
        return switch (number) {
            case 16 -> BOOLEAN;
            case 18, 19, 25, 705, 1043 -> VARCHAR;
            case 20 -> BIGINT;
            case 21 -> SMALLINT;
            case 23 -> INTEGER;
            case 700 -> REAL;
            case 701 -> DOUBLE;
            case 1042 -> CHAR;
            case 1082 -> DATE;
            case 1083 -> TIME;
            case 1114 -> TIMESTAMP;
            case 1184 -> TIMESTAMPTZ;
            case 1266 -> TIMETZ;
            case 1700 -> DECIMAL;
            case 3999 -> GEOMETRY;
            case 4000 -> SUPER;
            case 6551 -> VARBYTE;
            default ->
                throw ServerError.of(
                        "0A000",
                        "Column \"" + column + "\" has a type (OID " + number
                                + ") that UNLOAD doesn't know in the sandbox's Redshift: cast it");
        };
    }

    /** As a verbose manifest names it. */
    public String inManifest() {
        return inManifest;
    }

    boolean isCharacter() {
        return this == CHAR || this == VARCHAR;
    }

    /** Whether JSON has the value without quotes. */
    boolean isNumber() {
        return switch (this) {
            case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> true;
            default -> false;
        };
    }

    /** "You can only unload VARBYTE columns to text or CSV format", and GEOMETRY ("UNLOAD", usage notes). */
    boolean isTextOnly() {
        return this == VARBYTE || this == GEOMETRY;
    }

    /** "The column data types that you can use as the partition key" ("UNLOAD", usage notes). */
    public boolean isPartitionKey() {
        return switch (this) {
            case SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, BOOLEAN, CHAR, VARCHAR, DATE, TIMESTAMP -> true;
            default -> false;
        };
    }
}
