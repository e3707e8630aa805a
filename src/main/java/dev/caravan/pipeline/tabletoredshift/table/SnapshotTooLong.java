package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import java.io.IOException;
import java.time.Duration;

/** A source had to keep one moment of itself for longer than it should. */
public final class SnapshotTooLong extends IOException {
    private static final long serialVersionUID = 1;

    SnapshotTooLong(TableId table, Duration most) {
        super(table + " took longer than " + Quantity.inWords(most)
                + " to read, for which the source had to keep what it was"
                + " when that began. Take fewer rows (where, mode: incremental), or write a longer maxSnapshot");
    }
}
