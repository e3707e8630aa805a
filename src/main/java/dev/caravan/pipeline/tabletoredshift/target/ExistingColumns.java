package dev.caravan.pipeline.tabletoredshift.target;

import dev.caravan.redshift.target.ClusterNames;
import dev.caravan.redshift.target.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a cluster has under a table's name.
 *
 * @param isTable whether it keeps rows, and isn't a view
 */
record ExistingColumns(boolean isTable, List<Column> columns) {
    /**
     * Redshift's own catalogue, in which any user may look. {@code adsrc} is the text of a default, and of IDENTITY: as Redshift's own driver tells it in
     * {@code getColumns}.
     */
    private static final String QUESTION = """
            SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required,
                   d.adsrc AS filled, c.relkind AS kind
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE c.relkind IN ('r', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
              AND LOWER(c.relname) = LOWER(?) AND\s""";

    /**
     * A column of it.
     *
     * @param type as the catalogue writes it: {@code character varying(80)}
     * @param filled what stands there where a row brings nothing; empty if that is NULL
     */
    record Column(String name, ColumnType type, boolean required, String filled) {
        /** Whether it numbers rows and takes no value. */
        boolean isIdentity() {
            return filled.startsWith("\"identity\"(");
        }
    }

    /** Empty if there is nothing of that name. */
    static Optional<ExistingColumns> read(Connection cluster, TableName table) throws SQLException {
        boolean qualified = table.parts().size() > 1;
        String schema = qualified ? "LOWER(n.nspname) = LOWER(?)" : "n.nspname = current_schema()";
        try (PreparedStatement statement = cluster.prepareStatement(QUESTION + schema + " ORDER BY a.attnum")) {
            statement.setString(1, table.parts().get(table.parts().size() - 1));
            if (qualified) {
                statement.setString(2, table.parts().get(0));
            }
            List<Column> columns = new ArrayList<>();
            boolean isTable = false;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    isTable = "r".equals(rows.getString("kind"));
                    columns.add(new Column(
                            rows.getString("name"),
                            ColumnType.of(rows.getString("type")),
                            rows.getBoolean("required"),
                            Objects.requireNonNullElse(rows.getString("filled"), "")));
                }
            }
            return columns.isEmpty() ? Optional.empty() : Optional.of(new ExistingColumns(isTable, columns));
        }
    }

    Optional<Column> find(String name) {
        return columns.stream()
                .filter(column -> ClusterNames.folded(column.name()).equals(name))
                .findFirst();
    }
}
