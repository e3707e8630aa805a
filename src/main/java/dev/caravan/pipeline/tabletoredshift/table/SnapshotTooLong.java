package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.io.IOException;

/** A source had to keep one moment of itself for longer than it should. */
public final class SnapshotTooLong extends IOException {
    private static final long serialVersionUID = 1;

    SnapshotTooLong(String tables, TableSync sync) {
        super(tables + " took longer than " + Quantity.inWords(sync.maxSnapshot())
                + " to read, for which the source had to keep what it was"
                + " when that began"
                + (sync.maxRate().isPresent()
                        ? ", at " + Quantity.count(sync.maxRate().getAsInt(), "row") + " a second at the most"
                        : "")
                + (sync.stopAbove().isNothing() ? "" : ", with halts while the source had too much to do (stopAbove)")
                + ". Take fewer rows (where, mode: incremental), or write a longer maxSnapshot"
                + (sync.maxRate().isPresent() ? " or a larger maxRate" : ""));
    }
}
