package dev.caravan.pipeline.redshifttopostgres.column;

import dev.caravan.redshift.copy.SqlText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a type's values are, in which text they are sent, and of which text both databases make a row's hash: the same, so that a value is sent if and only if its
 * text differs.
 */
enum ValueKind {
    WHOLE("CAST(%s AS VARCHAR(24))", "bigint, character varying, integer, numeric, smallint, text"),
    DECIMAL("CAST(%s AS VARCHAR(48))", "bigint, character varying, integer, numeric, smallint, text"),
    /** 6 digits: Redshift writes no more of a REAL as text, and UNLOAD none that COPY would read back ("UNLOAD usage notes" in its developer guide). */
    REAL("CAST(%s AS VARCHAR(32))", "real"),
    /** 15 digits, likewise. */
    DOUBLE("CAST(%s AS VARCHAR(32))", "double precision"),
    /** No cast to text is there for BOOLEAN. */
    BOOLEAN("CASE WHEN %1$s THEN 't' WHEN NOT %1$s THEN 'f' END", "boolean"),
    /** Blanks at its end mean nothing. */
    CHAR("RTRIM(%s)", "character, character varying, citext, text, uuid"),
    VARCHAR("%s", "character varying, citext, json, text, uuid"),
    /** With the era, for the year alone is the same before Christ and after. */
    DATE("TO_CHAR(%s, 'YYYY-MM-DD BC')", "date"),
    TIMESTAMP("TO_CHAR(%s, 'YYYY-MM-DD HH24:MI:SS.US BC')", "timestamp without time zone"),
    TIMESTAMPTZ(
            "TO_CHAR(%1$s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00' || TO_CHAR(%1$s AT TIME ZONE 'UTC', ' BC')",
            "timestamp with time zone"),
    /** A date and a time make a timestamp ("+ (Concatenation) operator" in Redshift's developer guide): its TO_CHAR takes no TIME. */
    TIME("TO_CHAR(CAST('2000-01-01' AS DATE) + %s, 'HH24:MI:SS.US')", "time without time zone"),
    VARBYTE(SqlText.literal("\\x") + " || LOWER(TO_HEX(%s))", "bytea"),
    SUPER("JSON_SERIALIZE(%s)", "character varying, json, text");

    private final String redshift;
    /** Types of PostgreSQL. */
    private final String takers;

    ValueKind(String redshift, String takers) {
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
        return List.of(takers.split(", ")).contains(baseType);
    }

    /** The types that do, in words. */
    String takers() {
        return takers;
    }

    boolean isFloat() {
        return this == REAL || this == DOUBLE;
    }

    /** Whether rows can be told apart by it. */
    boolean canBeKey() {
        return !isFloat() && this != SUPER && this != VARBYTE;
    }
}
