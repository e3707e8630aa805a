package dev.caravan.pipeline.tabletoredshift.source;

import java.util.List;

/**
 * A table of a source, or a view.
 *
 * @param engine what keeps its rows, in the source's word ({@code InnoDB}, {@code heap}); empty for views
 * @param columns in their order, all of them
 * @param primaryKey columns of it, in the key's order; empty without one
 */
public record SourceTable(
        SourceKind kind, TableId id, String engine, List<SourceColumn> columns, List<String> primaryKey) {
    public SourceTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }
}
