package dev.caravan.pipeline.tabletoredshift.source;

import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;

/**
 * What PostgreSQL's driver says of a column of a result, in {@link SourceColumn}'s words. The server describes domains as the types below them. Whether there may
 * be NULLs it doesn't say: what the driver says of that is of the table below, whatever an outer join has made of it.
 */
final class PostgresDescription {
    private static final String TYPE = """
            SELECT t.typtype AS sort, t.typcategory AS category, n.nspname AS typeschema, t.typname AS typename
            FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.oid = to_regtype(?)
            """;

    private PostgresDescription() {}

    static SourceColumn column(Connection connection, ResultSetMetaData described, int column, boolean nullable)
            throws SQLException {
        String said = described.getColumnTypeName(column);
        String declared = switch (said) {
            case "serial" -> "int4"; // so the driver calls a column that has a sequence
            case "bigserial" -> "int8";
            case "smallserial" -> "int2";
            default -> said;
        };
        String quoted =
                declared.startsWith("\"") ? declared : '"' + declared + '"'; // char without quotes is another one
        String type = Asked.rows(connection, TYPE, List.of(quoted), PostgresCatalog::type).stream()
                .findFirst()
                .orElse(declared);
        int precision = described.getPrecision(column);
        int length = precision == Integer.MAX_VALUE ? 0 : precision;
        return new SourceColumn(
                described.getColumnLabel(column),
                type,
                declared,
                switch (type) {
                    case "varchar", "bpchar", "bit", "varbit" -> length;
                    default -> 0;
                },
                switch (type) {
                    case "numeric" -> precision;
                    case "time", "timetz", "timestamp", "timestamptz" -> described.getScale(column);
                    default -> 0;
                },
                type.equals("numeric") ? signed(described.getScale(column)) : 0,
                nullable,
                "",
                false,
                false);
    }

    /** Of the eleven bits of a scale one is the sign, which the driver passes over. */
    private static int signed(int scale) {
        return ((scale & 0x7FF) ^ 0x400) - 0x400;
    }
}
