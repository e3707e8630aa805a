package dev.caravan.pipeline.tabletoredshift.type;

import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import java.util.List;

/**
 * A table and how its columns are mapped.
 *
 * @param columns those that can be
 * @param refusals a sentence for each column that can't, with what to do; a table that has one isn't extracted
 */
public record MappedTable(SourceTable table, List<ColumnMapping> columns, List<String> refusals) {
    public MappedTable {
        columns = List.copyOf(columns);
        refusals = List.copyOf(refusals);
    }
}
