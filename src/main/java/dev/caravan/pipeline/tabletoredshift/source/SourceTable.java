package dev.caravan.pipeline.tabletoredshift.source;

import java.util.List;
import java.util.Optional;

/**
 * A table of a source, or a view, or the rows of a SELECT.
 *
 * @param engine what keeps its rows, in the source's word ({@code InnoDB}, {@code heap}); empty for views
 * @param columns in their order, all of them
 * @param primaryKey columns of it, in the key's order; empty without one
 * @param statement the SELECT whose rows they are; empty for a table
 */
public record SourceTable(
        SourceKind kind,
        TableId id,
        String engine,
        List<SourceColumn> columns,
        List<String> primaryKey,
        Optional<SourceStatement> statement) {
    public SourceTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** A table. */
    public SourceTable(
            SourceKind kind, TableId id, String engine, List<SourceColumn> columns, List<String> primaryKey) {
        this(kind, id, engine, columns, primaryKey, Optional.empty());
    }

    /** The same, with fewer columns. */
    public SourceTable with(List<SourceColumn> fewer) {
        return new SourceTable(kind, id, engine, fewer, primaryKey, statement);
    }

    /** What stands behind FROM. */
    public String from() {
        return statement.map(select -> select.from(kind)).orElseGet(() -> kind.identifier(id));
    }
}
