package dev.caravan.pipeline.tabletoredshift.type;

import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * MySQL's and MariaDB's types. Everything is cast to text by the server: what drivers make of zero dates, TIME, YEAR, TINYINT(1) and BIT isn't what is in
 * the table. Times are in UTC, for which the session's time zone has to be it.
 */
final class MySqlTypes {
    /** Bytes of a character in Redshift, at most. */
    private static final int CHARACTER = 4;

    private MySqlTypes() {}

    /** Empty for a type that isn't known. */
    static Optional<ColumnMapping> map(SourceColumn c, Set<Policy> policies) {
        String name = SourceKind.MYSQL.identifier(c.name());
        return switch (c.type()) {
            case "tinyint" ->
                c.declared().toLowerCase(Locale.ROOT).startsWith("tinyint(1)")
                                && policies.contains(Policy.TINYINT1_IS_BOOLEAN)
                        ? Mapping.bit(c, text(name))
                        : Mapping.plain(c, text(name), "SMALLINT");
            case "smallint" -> Mapping.plain(c, text(name), c.isUnsigned() ? "INTEGER" : "SMALLINT");
            case "year" -> Mapping.plain(c, text(name), "SMALLINT");
            case "mediumint" -> Mapping.plain(c, text(name), "INTEGER");
            case "int" -> Mapping.plain(c, text(name), c.isUnsigned() ? "BIGINT" : "INTEGER");
            case "bigint" -> Mapping.plain(c, text(name), c.isUnsigned() ? "DECIMAL(20,0)" : "BIGINT");
            case "decimal" -> Mapping.decimal(c, text(name), ValueForm.PLAIN, c.precision(), c.scale(), false);
            // As a double: its own text has six digits only, or as many as its DDL says.
            case "float" -> Mapping.plain(c, text(name + " * 1e0"), "REAL");
            case "double" -> Mapping.plain(c, text(name + " * 1e0"), "DOUBLE PRECISION");
            case "bit" -> bits(c, text(name + " + 0"));
            case "date" -> date(c, text(name), "DATE", policies);
            case "datetime" -> date(c, text(name), "TIMESTAMP", policies);
            case "timestamp" -> date(c, text("CONCAT(" + name + ", '+00')"), "TIMESTAMPTZ", policies);
            // It goes to 838 hours, on either side of 0.
            case "time" ->
                Mapping.plain(
                        c,
                        text(name),
                        Mapping.varchar("-838:59:59".length() + (c.precision() > 0 ? 1 : 0) + c.precision()));
            case "char", "varchar", "enum", "set" -> Mapping.text(c, text(name), c.length() * CHARACTER, true);
            case "tinytext", "text", "mediumtext", "longtext" ->
                Mapping.text(c, text(start(name, Mapping.LONGEST_VARCHAR)), c.length() * CHARACTER, true);
            case "json" ->
                policies.contains(Policy.JSON_IS_SUPER)
                        ? Mapping.superJson(c, text(start(name, Mapping.LONGEST_JSON)))
                        : Mapping.text(c, text(start(name, Mapping.LONGEST_VARCHAR)), Mapping.LONGEST_VARCHAR, false);
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
                Mapping.hex(
                        c,
                        text("HEX(" + start(name, Mapping.LONGEST_BYTES) + ")"),
                        c.length(),
                        policies.contains(Policy.EMPTY_BYTES_TO_NULL));
            case "uuid" -> Mapping.plain(c, text(name), "VARCHAR(36)");
            case "inet4" -> Mapping.plain(c, text(name), "VARCHAR(15)");
            case "inet6" -> Mapping.plain(c, text(name), "VARCHAR(45)");
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection",
                    "geomcollection" ->
                Mapping.text(
                        c,
                        text(start("ST_AsText(" + name + ")", Mapping.LONGEST_VARCHAR)),
                        Mapping.LONGEST_VARCHAR,
                        false);
            default -> Optional.empty();
        };
    }

    private static Optional<ColumnMapping> bits(SourceColumn c, String expression) {
        if (c.length() <= 1) {
            return Mapping.bit(c, expression);
        }
        return Mapping.plain(c, expression, c.length() < Long.SIZE ? "BIGINT" : "DECIMAL(20,0)");
    }

    private static Optional<ColumnMapping> date(SourceColumn c, String expression, String type, Set<Policy> policies) {
        return Mapping.date(c, expression, type, policies.contains(Policy.ZERO_DATES_TO_NULL));
    }

    private static String text(String expression) {
        return "CAST(" + expression + " AS CHAR CHARACTER SET utf8mb4)";
    }

    /** One more than fits, so that what is too long is seen, and what is far too long doesn't fill the memory. */
    private static String start(String expression, int longest) {
        return "LEFT(" + expression + ", " + (longest + 1) + ")";
    }
}
