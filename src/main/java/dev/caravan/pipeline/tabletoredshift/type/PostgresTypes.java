package dev.caravan.pipeline.tabletoredshift.type;

import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import java.util.Optional;
import java.util.Set;

/**
 * PostgreSQL's types, of which the server makes texts. Sessions have UTC, dates as in ISO 8601, intervals too, and all digits of floats. Arrays, ranges,
 * rows and geometric types are kept as PostgreSQL writes them.
 */
final class PostgresTypes {
    /** Bytes of a character in Redshift, at most. */
    private static final int CHARACTER = 4;
    /** Bytes that are kept of a numeric without a limit: PostgreSQL has numbers of 147,455 digits, though hardly anybody else has. */
    private static final int UNLIMITED_NUMERIC = 256;

    private static final int LONGEST_LABEL = 63;

    private PostgresTypes() {}

    /** Empty for a type that isn't known. */
    static Optional<ColumnMapping> map(SourceColumn c, Set<Policy> policies) {
        String name = SourceKind.POSTGRESQL.identifier(c.name());
        String text = name + "::text";
        return switch (c.type()) {
            case "bool" -> Mapping.bit(c, name + "::int::text");
            case "int2" -> Mapping.plain(c, text, "SMALLINT");
            case "int4" -> Mapping.plain(c, text, "INTEGER");
            case "int8", "oid", "xid", "cid" -> Mapping.plain(c, text, "BIGINT");
            case "xid8" -> Mapping.plain(c, text, "DECIMAL(20,0)");
            case "numeric" -> numeric(c, text, policies);
            case "float4" -> Mapping.plain(c, text, "REAL");
            case "float8" -> Mapping.plain(c, text, "DOUBLE PRECISION");
            // Of how many decimals it is, the database's locale says: none has more than four.
            case "money" -> Mapping.plain(c, name + "::numeric::text", "DECIMAL(22,4)");
            case "date" -> date(c, text, "DATE", policies);
            case "timestamp" -> date(c, text, "TIMESTAMP", policies);
            case "timestamptz" -> date(c, text, "TIMESTAMPTZ", policies);
            case "time" -> Mapping.plain(c, text, "TIME");
            case "timetz" -> Mapping.plain(c, text, Mapping.varchar("24:00:00.000000+15:59:59".length()));
            case "interval" -> Mapping.plain(c, text, "VARCHAR(80)");
            case "varchar", "bpchar" -> limited(c, text, CHARACTER, true);
            case "text", "citext" -> unlimited(c, text, true);
            case "name", "enum" -> Mapping.text(c, text, LONGEST_LABEL, false);
            case "char" -> Mapping.text(c, text, CHARACTER, false);
            case "json", "jsonb" ->
                policies.contains(Policy.JSON_IS_SUPER)
                        ? Mapping.superJson(c, start(text, Mapping.LONGEST_JSON))
                        : unlimited(c, text, false);
            case "bytea" ->
                Mapping.hex(
                        c,
                        "encode(substring(" + name + " FROM 1 FOR " + (Mapping.LONGEST_BYTES + 1) + "), 'hex')",
                        Mapping.LONGEST_BYTES,
                        policies.contains(Policy.EMPTY_BYTES_TO_NULL));
            case "uuid" -> Mapping.plain(c, text, "VARCHAR(36)");
            // As it is shown: a cast to text would put the mask of a single host behind it.
            case "inet" ->
                Mapping.plain(
                        c, "CASE WHEN " + name + " IS NOT NULL THEN format('%s', " + name + ") END", "VARCHAR(49)");
            case "cidr" -> Mapping.plain(c, text, "VARCHAR(49)");
            case "macaddr" -> Mapping.plain(c, text, "VARCHAR(17)");
            case "macaddr8" -> Mapping.plain(c, text, "VARCHAR(23)");
            case "pg_lsn" -> Mapping.plain(c, text, "VARCHAR(17)");
            case "bit", "varbit" -> limited(c, text, 1, false);
            case "xml" -> unlimited(c, text, false);
            case "array",
                    "range",
                    "multirange",
                    "composite",
                    "tsvector",
                    "tsquery",
                    "jsonpath",
                    "point",
                    "line",
                    "lseg",
                    "box",
                    "path",
                    "polygon",
                    "circle" -> unlimited(c, text, false);
            default -> Optional.empty();
        };
    }

    /** Of a scale below 0, digits before the point are zeros; one above the precision, those behind it. */
    private static Optional<ColumnMapping> numeric(SourceColumn c, String text, Set<Policy> policies) {
        if (c.precision() == 0) {
            return Mapping.text(c, start(text), UNLIMITED_NUMERIC, false);
        }
        int scale = Math.max(0, c.scale());
        int precision = Math.max(c.precision() - Math.min(0, c.scale()), scale);
        return Mapping.decimal(
                c, text, ValueForm.FINITE_NUMBER, precision, scale, policies.contains(Policy.OUT_OF_RANGE_TO_NULL));
    }

    private static Optional<ColumnMapping> date(SourceColumn c, String text, String type, Set<Policy> policies) {
        return Mapping.date(c, text, type, policies.contains(Policy.OUT_OF_RANGE_TO_NULL));
    }

    private static Optional<ColumnMapping> limited(SourceColumn c, String text, int bytesEach, boolean cuttable) {
        long bytes = c.length() * bytesEach;
        return bytes > 0 && bytes <= Mapping.LONGEST_VARCHAR
                ? Mapping.text(c, text, bytes, cuttable)
                : unlimited(c, text, cuttable);
    }

    private static Optional<ColumnMapping> unlimited(SourceColumn c, String text, boolean cuttable) {
        return Mapping.text(c, start(text), Mapping.LONGEST_VARCHAR, cuttable);
    }

    private static String start(String text) {
        return start(text, Mapping.LONGEST_VARCHAR);
    }

    /** One more than fits, so that what is too long is seen, and what is far too long doesn't fill the memory. */
    private static String start(String text, int longest) {
        return "left(" + text + ", " + (longest + 1) + ")";
    }
}
