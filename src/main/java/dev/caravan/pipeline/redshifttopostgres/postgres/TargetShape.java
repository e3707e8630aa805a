package dev.caravan.pipeline.redshifttopostgres.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the table is that a mirror stands in: its columns, and whether rows can be told apart by the mirror's keys.
 *
 * @param kind as {@code pg_class.relkind} has it: {@code r} for a table, {@code p} for a partitioned one; blank if there is none
 */
public record TargetShape(MirroredTable table, TargetColumns columns, String kind, boolean hasUniqueKeys) {
    private static final String KIND = """
            SELECT c.relkind FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ?""";

    /** Unique indexes of all rows whose columns are keys: fewer columns than there are keys are as good. */
    private static final String UNIQUE = """
            SELECT 1 FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ? AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
               AND i.indexprs IS NULL AND NOT EXISTS (
                   SELECT 1 FROM unnest(i.indkey) WITH ORDINALITY k (attnum, place)
                     JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                    WHERE k.place <= i.indnkeyatts AND a.attname::text <> ALL (?))""";

    public static TargetShape of(Connection connection, MirroredTable table) throws SQLException {
        return new TargetShape(
                table,
                TargetColumns.of(connection, table.schema(), table.table()),
                kind(connection, table),
                hasUniqueKeys(connection, table));
    }

    /** @throws TargetRefused if a difference can't be applied to such a table, with all that is wrong */
    public static TargetShape checked(Connection connection, MirroredTable table) throws SQLException, TargetRefused {
        TargetShape shape = of(connection, table);
        List<String> hindrances = shape.hindrances();
        if (!hindrances.isEmpty()) {
            throw new TargetRefused(String.join("; ", hindrances));
        }
        return shape;
    }

    /** What keeps the mirror from being written, a sentence each; empty if nothing does. */
    public List<String> hindrances() {
        List<String> hindrances = new ArrayList<>();
        isNoTable().ifPresent(hindrances::add);
        if (hindrances.isEmpty()) {
            hindrances.addAll(columns.hindrances(table));
            if (columns.isThere() && !hasUniqueKeys) {
                hindrances.add("nothing in " + table.inWords() + " keeps two rows from having the same "
                        + String.join(", ", table.keys()) + ": add a primary key, or a unique index without WHERE, of "
                        + (table.keys().size() == 1 ? "this column" : "these columns"));
            }
        }
        return hindrances;
    }

    private Optional<String> isNoTable() {
        String what = switch (kind) {
            case "", "r", "p" -> "";
            case "v", "m" -> "a view";
            case "f" -> "a foreign table";
            default -> "no table";
        };
        return what.isEmpty()
                ? Optional.empty()
                : Optional.of(table.inWords() + " is " + what
                        + ": a mirror stands in a table, so name the table that is" + " behind it in targetTable");
    }

    private static String kind(Connection connection, MirroredTable table) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(KIND)) {
            ask.setString(1, table.schema());
            ask.setString(2, table.table());
            try (ResultSet row = ask.executeQuery()) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        }
    }

    private static boolean hasUniqueKeys(Connection connection, MirroredTable table) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(UNIQUE)) {
            ask.setString(1, table.schema());
            ask.setString(2, table.table());
            ask.setArray(3, connection.createArrayOf("text", table.keys().toArray()));
            try (ResultSet row = ask.executeQuery()) {
                return row.next();
            }
        }
    }
}
