package dev.caravan.pipeline.tabletoredshift.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What MySQL's and MariaDB's {@code information_schema} says. It compares names without their case; ours are compared with it. */
final class MySqlCatalog implements SourceCatalog {
    private static final String OF_TABLE =
            " WHERE table_schema = ? AND table_name = ? AND BINARY table_schema = ? AND BINARY table_name = ?";

    private final Connection connection;

    MySqlCatalog(Connection connection) {
        this.connection = connection;
    }

    @Override
    public List<TableId> tables() throws SQLException {
        return Asked.rows(
                connection,
                "SELECT table_schema AS s, table_name AS t FROM information_schema.tables"
                        + " WHERE table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')"
                        + " AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW') ORDER BY 1, 2",
                List.of(),
                Asked::id);
    }

    /** It lists only what the user may do something with. */
    @Override
    public List<TableId> unreadable() {
        return List.of();
    }

    @Override
    public boolean hidesRows(TableId id) {
        return false;
    }

    @Override
    public Optional<SourceTable> table(TableId id) throws SQLException {
        List<String> names = List.of(id.schema(), id.name(), id.schema(), id.name());
        List<String> engines = Asked.rows(
                connection,
                "SELECT engine AS e FROM information_schema.tables" + OF_TABLE,
                names,
                row -> Asked.text(row, "e"));
        if (engines.isEmpty()) {
            return Optional.empty();
        }
        Set<String> json = new HashSet<>(json(id));
        List<SourceColumn> columns = Asked.rows(
                connection,
                "SELECT column_name AS c, data_type AS type, column_type AS declared, character_maximum_length AS length,"
                        + " numeric_precision AS digits, datetime_precision AS fraction, numeric_scale AS scale,"
                        + " is_nullable AS nullable, character_set_name AS charset, extra AS extra"
                        + " FROM information_schema.columns" + OF_TABLE + " ORDER BY ordinal_position",
                names,
                row -> column(row, json));
        List<String> key = Asked.rows(
                connection,
                "SELECT column_name AS c FROM information_schema.statistics" + OF_TABLE
                        + " AND index_name = 'PRIMARY' ORDER BY seq_in_index",
                names,
                row -> Asked.text(row, "c"));
        return Optional.of(new SourceTable(SourceKind.MYSQL, id, engines.get(0), columns, key));
    }

    @Override
    public Optional<ColumnUpkeep> upkeep(TableId id, String column) throws SQLException {
        List<String> names = List.of(id.schema(), id.name(), id.schema(), id.name(), column);
        boolean leads = !Asked.rows(
                        connection,
                        "SELECT index_name AS i FROM information_schema.statistics" + OF_TABLE
                                + " AND column_name = ? AND seq_in_index = 1",
                        names,
                        row -> Asked.text(row, "i"))
                .isEmpty();
        return Asked.rows(
                        connection,
                        "SELECT extra AS extra, column_default AS d FROM information_schema.columns" + OF_TABLE
                                + " AND column_name = ?",
                        names,
                        row -> new ColumnUpkeep(
                                leads,
                                Asked.text(row, "extra")
                                        .toUpperCase(Locale.ROOT)
                                        .contains("ON UPDATE"),
                                Asked.text(row, "d")))
                .stream()
                .findFirst();
    }

    private static SourceColumn column(ResultSet row, Set<String> json) throws SQLException {
        String name = Asked.text(row, "c");
        String type = Asked.text(row, "type").toLowerCase(Locale.ROOT);
        String extra = Asked.text(row, "extra").toUpperCase(Locale.ROOT);
        boolean bits = type.equals("bit");
        return new SourceColumn(
                name,
                json.contains(name) ? "json" : type,
                Asked.text(row, "declared"),
                bits ? row.getLong("digits") : row.getLong("length"),
                row.getInt("digits") + row.getInt("fraction"), // one of them is NULL, which is 0
                row.getInt("scale"),
                Asked.text(row, "nullable").equals("YES"),
                Asked.text(row, "charset"),
                extra.contains("GENERATED") && !extra.contains("DEFAULT_GENERATED"),
                extra.contains("INVISIBLE"));
    }

    /** In MariaDB, JSON is a LONGTEXT whose column has a check. */
    private List<String> json(TableId id) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("MariaDB")) {
            return List.of();
        }
        return Asked.rows(
                connection,
                "SELECT constraint_name AS c FROM information_schema.check_constraints"
                        + " WHERE constraint_schema = ? AND table_name = ? AND BINARY table_name = ?"
                        + " AND check_clause = CONCAT('json_valid(`', REPLACE(constraint_name, '`', '``'), '`)')",
                List.of(id.schema(), id.name(), id.name()),
                row -> Asked.text(row, "c"));
    }
}
