package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.base.Shown;
import dev.caravan.pipeline.tabletoredshift.source.TableId;

/** A value can't come to Redshift as it is, and no policy says what else is to become of it. Its message names table, row and column, and never the value. */
public final class ValueRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final String column;

    ValueRefused(TableId table, String row, String column, String reason) {
        super(Shown.line(table + ": in " + row + ", column " + column + " " + reason));
        this.column = column;
    }

    /** Whose value it is. */
    public String column() {
        return column;
    }
}
