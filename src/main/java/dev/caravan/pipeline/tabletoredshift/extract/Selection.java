package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.type.ColumnMapping;
import dev.caravan.pipeline.tabletoredshift.type.MappedTable;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is taken of a table.
 *
 * @param where a condition in the source's SQL; empty for all rows
 */
public record Selection(SourceTable table, List<ColumnMapping> columns, String where) {
    public Selection {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("no column of " + table.id() + " is selected");
        }
    }

    /**
     * All rows of a table.
     *
     * @throws IllegalArgumentException if a column is refused
     */
    public static Selection all(MappedTable mapped) {
        if (!mapped.refusals().isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", mapped.refusals()));
        }
        return new Selection(mapped.table(), mapped.columns(), "");
    }

    /**
     * Fewer rows of the same.
     *
     * @param condition another one, in the source's SQL
     */
    public Selection and(String condition) {
        return new Selection(table, columns, where.isEmpty() ? condition : "(" + where + "\n) AND (" + condition + ")");
    }

    /** Never {@code *}, and never a column as it is: drivers would change values. */
    String sql() {
        return columns.stream().map(ColumnMapping::expression).collect(Collectors.joining(", ", "SELECT ", from()));
    }

    String stepSql(String column, Optional<BigInteger> from, long rows) {
        String name = table.kind().identifier(column);
        Selection behind = from.isEmpty() ? this : and(name + " >= " + from.get());
        return "SELECT " + name + behind.from() + " ORDER BY " + name + " LIMIT 1 OFFSET " + rows;
    }

    private String from() {
        return " FROM " + table.from() + (where.isEmpty() ? "" : " WHERE (" + where + "\n)");
    }
}
