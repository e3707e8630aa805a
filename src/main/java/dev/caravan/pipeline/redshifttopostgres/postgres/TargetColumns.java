package dev.caravan.pipeline.redshifttopostgres.postgres;

import dev.caravan.base.Nearest;
import dev.caravan.redshift.copy.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The columns of a table of PostgreSQL, in its order, as its catalog has them. */
public record TargetColumns(String schema, String table, List<TargetColumn> all) {
    private static final String ASK = """
            WITH RECURSIVE made_of AS (
                SELECT t.oid, t.oid AS base, t.typtypmod AS modifier, t.typbasetype AS next, t.typnotnull AS never_null
                  FROM pg_catalog.pg_type t
                 UNION ALL
                SELECT m.oid, t.oid, CASE WHEN m.modifier = -1 THEN t.typtypmod ELSE m.modifier END, t.typbasetype,
                       m.never_null OR t.typnotnull
                  FROM made_of m JOIN pg_catalog.pg_type t ON t.oid = m.next WHERE m.next <> 0)
            SELECT a.attname, format_type(a.atttypid, a.atttypmod),
                   format_type(m.base, CASE WHEN m.base = a.atttypid THEN a.atttypmod ELSE m.modifier END),
                   NOT (a.attnotnull OR m.never_null), pg_get_expr(d.adbin, d.adrelid), a.attgenerated, a.attidentity
              FROM pg_catalog.pg_attribute a
              JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN made_of m ON m.oid = a.atttypid AND m.next = 0
              LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum""";

    public TargetColumns {
        all = List.copyOf(all);
    }

    /** Empty if there is no such table. */
    public static TargetColumns of(Connection connection, String schema, String table) throws SQLException {
        List<TargetColumn> columns = new ArrayList<>();
        try (PreparedStatement ask = connection.prepareStatement(ASK)) {
            ask.setString(1, schema);
            ask.setString(2, table);
            try (ResultSet row = ask.executeQuery()) {
                while (row.next()) {
                    columns.add(column(row));
                }
            }
        }
        return new TargetColumns(schema, table, columns);
    }

    private static TargetColumn column(ResultSet row) throws SQLException {
        boolean generated = !String.valueOf(row.getString(6)).isBlank();
        TargetColumn.Made made = switch (String.valueOf(row.getString(7))) {
            case "a" -> TargetColumn.Made.IDENTITY_ALWAYS;
            case "d" -> TargetColumn.Made.IDENTITY;
            default -> generated ? TargetColumn.Made.GENERATED : TargetColumn.Made.NO;
        };
        return new TargetColumn(
                String.valueOf(row.getString(1)),
                String.valueOf(row.getString(2)),
                String.valueOf(row.getString(3)),
                row.getBoolean(4),
                Optional.ofNullable(row.getString(5)),
                made);
    }

    /** Whether the table is there, and has columns. */
    public boolean isThere() {
        return !all.isEmpty();
    }

    public Optional<TargetColumn> named(String name) {
        return all.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** The columns that a mirror doesn't write. */
    public List<TargetColumn> besides(MirroredTable mirrored) {
        return all.stream()
                .filter(column -> !mirrored.columns().contains(column.name()))
                .toList();
    }

    /** What keeps a mirror's columns from being written, a sentence each; empty if nothing does. */
    public List<String> hindrances(MirroredTable mirrored) {
        String table = mirrored.inWords();
        if (!isThere()) {
            return List.of("There is no table " + table + " in PostgreSQL: create it, or correct targetTable");
        }
        List<String> names = all.stream().map(TargetColumn::name).toList();
        List<String> hindrances = new ArrayList<>();
        for (String name : mirrored.columns()) {
            Optional<TargetColumn> column = named(name);
            if (column.isEmpty()) {
                hindrances.add(table + " has no column " + name
                        + Nearest.hint(name, names)
                                .map(hint -> ": " + hint)
                                .orElse(": add it, or leave it out of columns"));
            } else if (column.get().made() == TargetColumn.Made.GENERATED
                    || column.get().made() == TargetColumn.Made.IDENTITY_ALWAYS) {
                hindrances.add("PostgreSQL makes the values of " + table + "." + name
                        + " (GENERATED ALWAYS): leave it out" + " of columns");
            }
        }
        for (TargetColumn column : besides(mirrored)) {
            if (!column.canBeLeftOut()) {
                hindrances.add(
                        table + "." + column.name() + " is NOT NULL without a default, and no column of the mirror"
                                + " leads there: give it a default, or name it in columns");
            }
        }
        return hindrances;
    }

    /**
     * Adds a column that the source has gained. {@code ALTER TABLE} waits for whoever uses the table, and others wait for it: not longer than the timeout.
     *
     * @param type of PostgreSQL, as SQL
     */
    public static void add(Connection connection, MirroredTable table, String name, String type, Duration lockTimeout)
            throws SQLException {
        try (TargetTransaction transaction = TargetTransaction.begin(connection, lockTimeout);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE " + table.sql() + " ADD COLUMN IF NOT EXISTS " + SqlText.identifier(name)
                    + " " + type);
            transaction.commit();
        }
    }
}
