package dev.caravan.pipeline.tabletoredshift.extract;

import java.io.IOException;
import java.sql.SQLException;

/** Takes the rows of a table, one after the other. */
interface RowTaker {
    void write(Row row) throws IOException, SQLException, ValueRefused;

    /** How many it has taken. */
    long rows();
}
