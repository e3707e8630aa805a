package dev.caravan.redshift.copy;

import dev.caravan.redshift.target.TableName;

/** The SQL that keeps a table in shape. {@code VACUUM} can't run in a transaction. */
public final class HousekeepingStatement {
    private HousekeepingStatement() {}

    /** Gives back the space of deleted rows, and sorts. */
    public static String vacuum(TableName table) {
        return "VACUUM " + SqlText.identifiers(table.parts(), ".");
    }

    /** Tells the planner how the table is now. */
    public static String analyze(TableName table) {
        return "ANALYZE " + SqlText.identifiers(table.parts(), ".");
    }
}
