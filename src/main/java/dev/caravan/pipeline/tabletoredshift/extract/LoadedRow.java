package dev.caravan.pipeline.tabletoredshift.extract;

import java.io.IOException;
import java.sql.SQLException;

/** A row as it would be loaded. It is another row after the next has been read. */
public interface LoadedRow {
    /** Reads one row. */
    @FunctionalInterface
    interface Reader {
        void read(LoadedRow row) throws IOException, SQLException;
    }

    /** Whether a column, counted from 0, has no value. */
    boolean isNull(int column);

    /** The text of a value. */
    String text(int column);
}
