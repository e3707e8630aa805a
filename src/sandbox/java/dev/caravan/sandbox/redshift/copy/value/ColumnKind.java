package dev.caravan.sandbox.redshift.copy.value;

/** The types that COPY checks itself. What is {@code OTHER}, PostgreSQL checks. */
public enum ColumnKind {
    SMALLINT("Short"),
    INTEGER("Integer"),
    BIGINT("Long"),
    DECIMAL("Decimal"),
    REAL("Float"),
    DOUBLE("Double"),
    BOOLEAN("Boolean"),
    DATE("Date"),
    TIMESTAMP("Timestamp"),
    TIMESTAMPTZ("TimestampTz"),
    CHAR("Char"),
    VARCHAR("Varchar"),
    SUPER("Super"),
    VARBYTE("Varbyte"),
    GEOMETRY("Geometry"),
    OTHER("");

    private final String inReasons;

    ColumnKind(String inReasons) {
        this.inReasons = inReasons;
    }

    static ColumnKind ofPostgres(String type) {
        return switch (type) {
            case "int2" -> SMALLINT;
            case "int4" -> INTEGER;
            case "int8" -> BIGINT;
            case "numeric" -> DECIMAL;
            case "float4" -> REAL;
            case "float8" -> DOUBLE;
            case "bool" -> BOOLEAN;
            case "date" -> DATE;
            case "timestamp" -> TIMESTAMP;
            case "timestamptz" -> TIMESTAMPTZ;
            case "bpchar" -> CHAR;
            case "varchar", "text" -> VARCHAR;
            case "super" -> SUPER;
            case "varbyte" -> VARBYTE;
            case "geometry" -> GEOMETRY;
            default -> OTHER;
        };
    }

    /** The type as Redshift names it in an error's reason: {@code Type: Integer}. */
    String inReasons() {
        return inReasons;
    }

    public boolean isCharacter() {
        return this == CHAR || this == VARCHAR;
    }
}
