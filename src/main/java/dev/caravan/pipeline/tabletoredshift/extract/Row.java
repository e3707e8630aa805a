package dev.caravan.pipeline.tabletoredshift.extract;

import java.sql.SQLException;

/** A row as it comes from the source, each value as the bytes of its text. It is another row after the next has been read. */
interface Row {
    /**
     * Goes to a value; in any order.
     *
     * @param column from 0
     * @return false for NULL
     */
    boolean find(int column) throws SQLException;

    /** Where the bytes of the value found last are, from {@link #start()}. */
    byte[] bytes();

    int start();

    int length();
}
