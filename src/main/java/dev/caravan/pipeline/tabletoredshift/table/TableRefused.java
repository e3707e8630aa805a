package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.base.Shown;

/** A table can't be synced as things are, and to try again would change nothing: its message says what a person can do. Other tables go on. */
public final class TableRefused extends Exception {
    private static final long serialVersionUID = 1;

    public TableRefused(String words) {
        super(Shown.line(words));
    }
}
