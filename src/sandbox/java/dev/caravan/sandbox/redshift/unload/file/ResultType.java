package dev.caravan.sandbox.redshift.unload.file;

import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.Set;

/** The types of a result's columns, by the numbers that PostgreSQL and Redshift's driver know them by. */
public enum ResultType {
    BOOLEAN("boolean", Set.of(16)),
    SMALLINT("smallint", Set.of(21)),
    INTEGER("integer", Set.of(23)),
    BIGINT("bigint", Set.of(20)),
    REAL("real", Set.of(700)),
    DOUBLE("double precision", Set.of(701)),
    DECIMAL("numeric", Set.of(1700)),
    CHAR("character", Set.of(1042)),
    /** Also PostgreSQL's text, name, "char" and literals of no type. */
    VARCHAR("character varying", Set.of(1043, 25, 19, 18, 705)),
    DATE("date", Set.of(1082)),
    TIME("time without time zone", Set.of(1083)),
    TIMETZ("time with time zone", Set.of(1266)),
    TIMESTAMP("timestamp without time zone", Set.of(1114)),
    TIMESTAMPTZ("timestamp with time zone", Set.of(1184)),
    SUPER("super", Set.of(4000)),
    VARBYTE("binary varying", Set.of(6551)),
    GEOMETRY("geometry", Set.of(3999));

    private final String inManifest;
    private final Set<Integer> numbers;

    ResultType(String inManifest, Set<Integer> numbers) {
        this.inManifest = inManifest;
        this.numbers = numbers;
    }

    static ResultType of(int number, String column) throws ServerError {
        for (ResultType type : values()) {
            if (type.numbers.contains(number)) {
                return type;
            }
        }
        throw ServerError.of(
                "0A000",
                "Column \"" + column + "\" has a type (OID " + number
                        + ") that UNLOAD doesn't know in the sandbox's Redshift: cast it");
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
        return ordinal() >= SMALLINT.ordinal() && ordinal() <= DECIMAL.ordinal();
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
