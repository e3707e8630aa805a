package dev.caravan.pipeline.tabletoredshift.parallel;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableSize;
import java.util.Locale;

/**
 * Whether a table is read by several connections.
 *
 * @param connections how many read it
 * @param column by whose ranges; empty if there is one connection
 * @param reason why there is one, though more are wanted; else empty
 */
public record Splitting(int connections, String column, String reason) {
    public static final Splitting NONE = new Splitting(1, "", "");

    /** Smaller ones are read before the connections are open. */
    static final long LEAST_ROWS = 100_000;

    /**
     * Decides it.
     *
     * @param table with all of its columns
     * @param wanted how many connections
     * @param allRows whether all of its rows are read, and not only those that have changed
     */
    public static Splitting of(SourceTable table, TableSize size, int wanted, boolean allRows) {
        if (wanted == 1) {
            return NONE;
        }
        if (!allRows) {
            return one("only rows that have changed are read");
        }
        if (table.kind() == SourceKind.MYSQL && !table.engine().equals("InnoDB")) {
            return one(table.engine().isEmpty() ? "it is a view" : table.engine() + " has no snapshots");
        }
        if (table.columns().stream()
                .noneMatch(column -> !table.primaryKey().isEmpty()
                        && column.name().equals(table.primaryKey().get(0))
                        && column.isWholeNumber())) {
            return one("it has no primary key whose first column is a whole number");
        }
        if (size.rows() < 0) {
            return one("the source doesn't know how many rows it has: ANALYZE it there");
        }
        if (size.rows() < LEAST_ROWS) {
            return one("it has about " + Quantity.count(size.rows(), "row") + ", fewer than "
                    + String.format(Locale.ROOT, "%,d", LEAST_ROWS));
        }
        return new Splitting(wanted, table.primaryKey().get(0), "");
    }

    private static Splitting one(String reason) {
        return new Splitting(1, "", reason);
    }
}
