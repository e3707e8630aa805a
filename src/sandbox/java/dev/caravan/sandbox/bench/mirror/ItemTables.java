package dev.caravan.sandbox.bench.mirror;

import dev.caravan.sandbox.run.RunFailure;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A table of items, of which nearly half the changes are updates, one in twenty is a deletion, and the others are new; beside it the rows before and after,
 * and the changes.
 */
final class ItemTables {
    static final List<String> COLUMNS = List.of(
            "id", "sku", "name", "maker", "colour", "note", "price", "quantity", "weight", "active", "day", "changed");

    /** A row by its number; its version changes the price, and its note from NULL to a text or back. */
    private static final String ROW = """
            SELECT g AS id, 'SKU-' || lpad(g::text, 10, '0') AS sku, 'Item ' || left(md5(g::text), 16) AS name,
              left(md5((g * 7)::text), 20) AS maker, 'Colour ' || g %% 37 AS colour,
              CASE WHEN (g + %1$s) %% 2 = 0 THEN 'note of ' || md5((g + 1)::text) END AS note,
              (g %% 100000) / 100.0 + %1$s AS price, (g %% 997)::int AS quantity, g / 3.0::double precision AS weight,
              g %% 2 = 0 AS active, DATE '2026-01-01' + (g %% 900)::int AS day,
              TIMESTAMP '2026-01-01' + g * INTERVAL '1 second' AS changed
            FROM generate_series(%2$d::bigint, %3$d) AS g""";

    private final SourceDatabase database;

    private ItemTables(SourceDatabase database) {
        this.database = database;
    }

    /** Makes them anew. */
    static ItemTables fill(SourceDatabase database, int rows, int changes) throws SQLException {
        ItemTables tables = new ItemTables(database);
        int deleted = Math.max(1, changes / 20), updated = Math.max(1, changes * 48 / 100);
        String isDeleted = "id % " + Math.max(2, rows / deleted) + " = 1";
        String isUpdated = "id % " + Math.max(2, rows / updated) + " = 0 AND NOT " + isDeleted;
        tables.run(
                "DROP SCHEMA IF EXISTS bench CASCADE",
                "CREATE SCHEMA bench",
                "CREATE UNLOGGED TABLE bench.before AS " + ROW.formatted(0, 1, rows),
                "CREATE UNLOGGED TABLE bench.changes AS SELECT 'D' AS op, b.* FROM bench.before b WHERE " + isDeleted
                        + " UNION ALL SELECT 'U', u.* FROM (" + ROW.formatted(1, 1, rows) + ") u WHERE " + isUpdated
                        + " UNION ALL SELECT 'I', i.* FROM ("
                        + ROW.formatted(0, rows + 1, rows + Math.max(1, changes - deleted - updated)) + ") i",
                "CREATE UNLOGGED TABLE bench.after AS SELECT * FROM bench.before WHERE id NOT IN (SELECT id FROM bench.changes)"
                        + " UNION ALL SELECT " + columns() + " FROM bench.changes WHERE op <> 'D'",
                "CREATE TABLE bench.items (LIKE bench.before)");
        return tables;
    }

    static String columns() {
        return String.join(", ", COLUMNS);
    }

    Connection connect() throws SQLException {
        return database.connect();
    }

    /** For a driver with more options: behind {@code ?} or {@code &}. */
    String url(String option) {
        return database.url() + (database.url().contains("?") ? "&" : "?") + option;
    }

    /** The table is as before, densely packed, and its indexes are new. */
    void reset(boolean checkpoint) throws SQLException {
        run(
                "DROP TABLE bench.items",
                "CREATE TABLE bench.items (LIKE bench.before)",
                "INSERT INTO bench.items SELECT * FROM bench.before ORDER BY id",
                "ALTER TABLE bench.items ADD PRIMARY KEY (id), ADD UNIQUE (sku)",
                "CREATE INDEX ON bench.items (name)",
                "VACUUM ANALYZE bench.items");
        if (checkpoint) {
            run("CHECKPOINT");
        }
    }

    /** Throws {@link RunFailure} if the table isn't as it has to be afterwards. */
    void requireAfter(String way) throws SQLException {
        String sum = "SELECT count(*) || ' rows, sum ' || sum(hashtextextended(t::text, 0)::numeric) FROM bench.%s t";
        String found = ask(sum.formatted("items")), wanted = ask(sum.formatted("after"));
        if (!found.equals(wanted)) {
            throw new RunFailure(way + " leads to " + found + ", not to " + wanted);
        }
    }

    long changes(String op) throws SQLException {
        return Long.parseLong(ask("SELECT count(*) FROM bench.changes WHERE op = '" + op + "'"));
    }

    /** Bytes of write-ahead log up to now. */
    long wal() throws SQLException {
        return Long.parseLong(ask("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"));
    }

    /** Those of the server that the figures hang on. */
    String settings() throws SQLException {
        return ask("SELECT string_agg(name || ' ' || current_setting(name), ', ' ORDER BY name) FROM pg_settings"
                + " WHERE name IN ('fsync', 'full_page_writes', 'max_wal_size', 'shared_buffers')");
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
