package dev.caravan.pipeline.tabletoredshift.type;

import dev.caravan.base.Shown;
import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Maps the columns of a table. Nothing is mapped by a guess: a type that isn't known here is refused. */
public final class TypeMapping {
    /** What holds where nobody decided: zero dates and empty bytes become NULL, all else fails. */
    public static final Set<Policy> DEFAULT = Set.of(Policy.ZERO_DATES_TO_NULL, Policy.EMPTY_BYTES_TO_NULL);

    private TypeMapping() {}

    /** All columns of the table as it is given; who wants fewer gives it with fewer. */
    public static MappedTable of(SourceTable table, Set<Policy> policies) {
        List<ColumnMapping> columns = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (SourceColumn column : table.columns()) {
            Optional<ColumnMapping> mapping = switch (table.kind()) {
                case MYSQL -> MySqlTypes.map(column, policies);
                case POSTGRESQL -> PostgresTypes.map(column, policies);
            };
            mapping.ifPresentOrElse(columns::add, () -> refusals.add(refusal(table, column)));
        }
        return new MappedTable(table, columns, refusals);
    }

    private static String refusal(SourceTable table, SourceColumn column) {
        String name = Shown.line(column.name());
        return Shown.line(table.id() + ": column " + name + " has the type " + column.declared()
                + ", for which no mapping to Redshift is known. Leave it out (columns: !" + name
                + "), or give an expression that makes a text of it (columns: " + name + "=…)");
    }
}
