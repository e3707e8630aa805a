package dev.caravan.pipeline.tabletoredshift.source;

import java.util.Set;

/**
 * A SELECT whose rows are taken in a table's place.
 *
 * @param id what its rows are called
 * @param sql one SELECT in the source's SQL, with balanced parentheses and quotes and no comments
 * @param neverNull columns that are known to have no NULL: a row that has one is refused when it is read
 */
public record SourceStatement(TableId id, String sql, Set<String> neverNull) {
    public SourceStatement {
        neverNull = Set.copyOf(neverNull);
    }

    /** In parentheses, with a name: what a FROM takes. */
    String from(SourceKind kind) {
        return "(" + sql + "\n) AS " + kind.identifier(id.name());
    }
}
