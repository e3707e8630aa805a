package dev.caravan.pipeline.tabletoredshift.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * How large a table is, about, by the source's own statistics: to count would read it.
 *
 * @param rows -1 if the source doesn't know
 * @param bytes of its rows in the source; -1 if the source doesn't know
 */
public record TableSize(long rows, long bytes) {
    public static final TableSize UNKNOWN = new TableSize(-1, -1);

    public static TableSize of(Connection connection, TableId table) throws SQLException {
        String question = switch (SourceKind.of(connection)) {
            case MYSQL ->
                "SELECT COALESCE(table_rows, -1) AS r, COALESCE(data_length, -1) AS b FROM information_schema.tables"
                        + " WHERE table_schema = ? AND table_name = ?";
            case POSTGRESQL ->
                "SELECT c.reltuples::bigint AS r, pg_table_size(c.oid) AS b FROM pg_class c JOIN pg_namespace n"
                        + " ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?";
        };
        List<TableSize> found = Asked.rows(
                connection,
                question,
                List.of(table.schema(), table.name()),
                row -> new TableSize(row.getLong("r"), row.getLong("b")));
        return found.isEmpty() ? UNKNOWN : found.get(0);
    }
}
