package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.pipeline.tabletoredshift.pace.Pace;
import java.io.IOException;
import java.sql.SQLException;

/** Takes rows no faster than a pace allows: the driver isn't asked for the next before, and the source stops sending when what lies between them is full. */
record PacedRows(RowTaker taker, Pace pace) implements RowTaker {
    static RowTaker of(RowTaker taker, Pace pace) {
        return pace == Pace.FREE ? taker : new PacedRows(taker, pace);
    }

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
