package dev.caravan.pipeline.tabletoredshift.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL's {@code pg_catalog} says, from version 12. */
final class PostgresCatalog implements SourceCatalog {
    private static final String RELATIONS = """
             FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
             WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
            """;
    private static final String ONE = RELATIONS + " AND n.nspname = ? AND c.relname = ?";

    /** A domain has the type below it, and that one's length unless it says its own. */
    private static final String COLUMNS = """
            SELECT a.attname AS c, format_type(a.atttypid, a.atttypmod) AS declared, a.attnotnull AS required,
                   a.attgenerated <> '' AS generated, b.modifier AS modifier, t.typtype AS sort, t.typcategory AS category,
                   tn.nspname AS typeschema, t.typname AS typename, format_type(t.oid, b.modifier) AS base
            FROM pg_catalog.pg_attribute a
            CROSS JOIN LATERAL (
                WITH RECURSIVE below(type, modifier) AS (
                    SELECT a.atttypid, a.atttypmod
                    UNION ALL
                    SELECT d.typbasetype, CASE WHEN below.modifier = -1 THEN d.typtypmod ELSE below.modifier END
                    FROM below JOIN pg_catalog.pg_type d ON d.oid = below.type WHERE d.typtype = 'd')
                SELECT * FROM below) b
            JOIN pg_catalog.pg_type t ON t.oid = b.type AND t.typtype <> 'd'
            JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
            WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """;

    private static final String KEY = """
            SELECT a.attname AS c
            FROM pg_catalog.pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, nth)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = ?::oid AND i.indisprimary AND k.nth <= i.indnkeyatts ORDER BY k.nth
            """;

    /** Bits of a trigger's type: for each row, before, on update. */
    private static final String UPKEEP = """
            SELECT EXISTS (SELECT FROM pg_catalog.pg_index i
                           WHERE i.indrelid = a.attrelid AND i.indkey[0] = a.attnum AND i.indpred IS NULL AND i.indisvalid) AS leads,
                   EXISTS (SELECT FROM pg_catalog.pg_trigger t
                           WHERE t.tgrelid = a.attrelid AND NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgtype & 19 = 19) AS triggered,
                   pg_get_expr(d.adbin, d.adrelid) AS d
            FROM pg_catalog.pg_attribute a
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = (SELECT c.oid %s) AND a.attname = ? AND a.attnum > 0 AND NOT a.attisdropped
            """.formatted(ONE);

    private final Connection connection;

    PostgresCatalog(Connection connection) {
        this.connection = connection;
    }

    @Override
    public List<TableId> tables() throws SQLException {
        return tables("has_table_privilege(c.oid, 'SELECT')");
    }

    @Override
    public List<TableId> unreadable() throws SQLException {
        return tables("NOT has_table_privilege(c.oid, 'SELECT')");
    }

    private List<TableId> tables(String condition) throws SQLException {
        return Asked.rows(
                connection,
                "SELECT n.nspname AS s, c.relname AS t" + RELATIONS
                        + " AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND " + condition
                        + " ORDER BY 1, 2",
                List.of(),
                Asked::id);
    }

    /** "Is row-level security active for the specified table in the context of the current user" ("Access Privilege Inquiry" in PostgreSQL's guide). */
    @Override
    public boolean hidesRows(TableId id) throws SQLException {
        return Asked.rows(
                        connection,
                        "SELECT row_security_active(c.oid) AS hides" + ONE,
                        List.of(id.schema(), id.name()),
                        row -> row.getBoolean("hides"))
                .contains(true);
    }

    @Override
    public Optional<SourceTable> table(TableId id) throws SQLException {
        List<String[]> found = Asked.rows(
                connection, "SELECT c.oid AS oid, am.amname AS engine" + ONE, List.of(id.schema(), id.name()), row ->
                        new String[] {Asked.text(row, "oid"), Asked.text(row, "engine")});
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<String> oid = List.of(found.get(0)[0]);
        List<SourceColumn> columns = Asked.rows(connection, COLUMNS, oid, PostgresCatalog::column);
        List<String> key = Asked.rows(connection, KEY, oid, row -> Asked.text(row, "c"));
        return Optional.of(new SourceTable(SourceKind.POSTGRESQL, id, found.get(0)[1], columns, key));
    }

    @Override
    public Optional<ColumnUpkeep> upkeep(TableId id, String column) throws SQLException {
        return Asked.rows(
                        connection,
                        UPKEEP,
                        List.of(id.schema(), id.name(), column),
                        row -> new ColumnUpkeep(
                                row.getBoolean("leads"), row.getBoolean("triggered"), Asked.text(row, "d")))
                .stream()
                .findFirst();
    }

    private static SourceColumn column(ResultSet row) throws SQLException {
        String type = type(row);
        int modifier = row.getInt("modifier");
        String declared = Asked.text(row, "declared"), base = Asked.text(row, "base");
        return new SourceColumn(
                Asked.text(row, "c"),
                type,
                declared.equals(base) ? declared : declared + " (" + base + ")",
                switch (type) {
                    case "varchar", "bpchar" -> Math.max(0, modifier - 4);
                    case "bit", "varbit" -> Math.max(0, modifier);
                    default -> 0;
                },
                switch (type) {
                    case "numeric" -> modifier < 4 ? 0 : ((modifier - 4) >> 16) & 0xFFFF;
                    case "time", "timetz", "timestamp", "timestamptz" -> modifier < 0 ? 6 : modifier;
                    default -> 0;
                },
                // Eleven bits, of which one is the sign.
                type.equals("numeric") && modifier >= 4 ? (((modifier - 4) & 0x7FF) ^ 0x400) - 0x400 : 0,
                !row.getBoolean("required"),
                "",
                row.getBoolean("generated"),
                false);
    }

    /** Its name, of {@code sort, category, typeschema} and {@code typename}. */
    static String type(ResultSet row) throws SQLException {
        String name = Asked.text(row, "typename"), schema = Asked.text(row, "typeschema");
        return switch (Asked.text(row, "sort")) {
            case "e" -> "enum";
            case "r" -> "range";
            case "m" -> "multirange";
            case "c" -> "composite";
            default -> {
                if (Asked.text(row, "category").equals("A")) {
                    yield "array";
                }
                yield schema.equals("pg_catalog") || name.equals("citext") ? name : schema + "." + name;
            }
        };
    }
}
