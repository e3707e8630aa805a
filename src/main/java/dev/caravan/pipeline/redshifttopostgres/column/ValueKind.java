package dev.caravan.pipeline.redshifttopostgres.column;

import dev.caravan.redshift.copy.SqlText;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a type's values are, in which text they are sent, and of which text both databases make a row's hash: the same, so that a value is sent if and only if its
 * text differs.
 */
enum ValueKind {
    WHOLE("CAST(%s AS VARCHAR(24))", Set.of("smallint", "integer", "bigint", "numeric", "text", "character varying")),
    DECIMAL("CAST(%s AS VARCHAR(48))", Set.of("numeric", "smallint", "integer", "bigint", "text", "character varying")),
    /** 6 digits: Redshift writes no more of a REAL as text, and UNLOAD none that COPY would read back ("UNLOAD usage notes" in its developer guide). */
    REAL("CAST(%s AS VARCHAR(32))", Set.of("real")),
    /** 15 digits, likewise. */
    DOUBLE("CAST(%s AS VARCHAR(32))", Set.of("double precision")),
    /** No cast to text is there for BOOLEAN. */
    BOOLEAN("CASE WHEN %1$s THEN 't' WHEN NOT %1$s THEN 'f' END", Set.of("boolean")),
    /** Blanks at its end mean nothing. */
    CHAR("RTRIM(%s)", Set.of("character", "character varying", "text", "citext", "uuid")),
    VARCHAR("%s", Set.of("character varying", "text", "citext", "uuid", "json")),
    /** With the era, for the year alone is the same before Christ and after. */
    DATE("TO_CHAR(%s, 'YYYY-MM-DD BC')", Set.of("date")),
    TIMESTAMP("TO_CHAR(%s, 'YYYY-MM-DD HH24:MI:SS.US BC')", Set.of("timestamp without time zone")),
    TIMESTAMPTZ(
            "TO_CHAR(%1$s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00' || TO_CHAR(%1$s AT TIME ZONE 'UTC', ' BC')",
            Set.of("timestamp with time zone")),
    /** A date and a time make a timestamp ("+ (Concatenation) operator" in Redshift's developer guide): its TO_CHAR takes no TIME. */
    TIME("TO_CHAR(CAST('2000-01-01' AS DATE) + %s, 'HH24:MI:SS.US')", Set.of("time without time zone")),
    VARBYTE(SqlText.literal("\\x") + " || LOWER(TO_HEX(%s))", Set.of("bytea")),
    SUPER("JSON_SERIALIZE(%s)", Set.of("json", "text", "character varying"));

    private final String redshift;
    private final Set<String> takers;

    ValueKind(String redshift, Set<String> takers) {
        this.redshift = redshift;
        this.takers = takers;
    }

    /** Of a type as Redshift's driver names it; empty for one that isn't mirrored. */
    static Optional<ValueKind> of(String typeName) {
        return Optional.ofNullable(
                switch (typeName.toLowerCase(Locale.ROOT)) {
                    case "int2", "int4", "int8", "smallint", "integer", "bigint", "oid" -> WHOLE;
                    case "numeric", "decimal" -> DECIMAL;
                    case "float4", "real" -> REAL;
                    case "float8", "double precision" -> DOUBLE;
                    case "bool", "boolean" -> BOOLEAN;
                    case "bpchar", "char", "character" -> CHAR;
                    case "varchar", "text", "character varying", "name" -> VARCHAR;
                    case "date" -> DATE;
                    case "timestamp" -> TIMESTAMP;
                    case "timestamptz" -> TIMESTAMPTZ;
                    case "time" -> TIME;
                    case "varbyte", "binary varying" -> VARBYTE;
                    case "super" -> SUPER;
                    default -> null;
                });
    }

    /** The text of a column in Redshift's SQL. */
    String redshift(String quoted) {
        return redshift.formatted(quoted);
    }

    /** Whether PostgreSQL's type keeps every text of it, and gives the same one back. */
    boolean isTakenBy(String baseType) {
        return takers.contains(baseType);
    }

    /** The types that do, in words. */
    String takers() {
        return String.join(", ", takers.stream().sorted().toList());
    }

    boolean isFloat() {
        return this == REAL || this == DOUBLE;
    }

    /** Whether rows can be told apart by it. */
    boolean canBeKey() {
        return !isFloat() && this != SUPER && this != VARBYTE;
    }
}
