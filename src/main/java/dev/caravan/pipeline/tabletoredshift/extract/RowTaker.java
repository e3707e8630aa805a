package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.pipeline.tabletoredshift.pace.Pace;
import java.io.IOException;
import java.sql.SQLException;

/** Takes the rows of a table, one after the other. */
interface RowTaker {
    void write(Row row) throws IOException, SQLException, ValueRefused;

    /** How many it has taken. */
    long rows();

    /** The same, no faster than a pace allows: the driver isn't asked for the next row before, and the source stops sending when what lies between them is full. */
    static RowTaker paced(RowTaker taker, Pace pace) {
        return pace == Pace.FREE ? taker : new Paced(taker, pace);
    }

    /** Waits before each row. */
    record Paced(RowTaker taker, Pace pace) implements RowTaker {
        @Override
        public void write(Row row) throws IOException, SQLException, ValueRefused {
            pace.row();
            taker.write(row);
        }

        @Override
        public long rows() {
            return taker.rows();
        }
    }
}
