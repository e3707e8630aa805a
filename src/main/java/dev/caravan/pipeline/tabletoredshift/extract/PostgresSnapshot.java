package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.watermark.Horizon;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** PostgreSQL's snapshot, read by COPY, whose binary format has the bytes of texts as they are. */
final class PostgresSnapshot extends Snapshot {
    private static final List<String> BEGIN = List.of(
            "SET TimeZone = 'UTC'",
            "SET DateStyle = 'ISO, YMD'",
            "SET IntervalStyle = 'iso_8601'",
            "SET extra_float_digits = 3",
            "SET row_security = off", // rows that the user may not see are an error, and not left out
            "SET statement_timeout = 0",
            "SET application_name = '" + Horizon.READER + "'",
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            "SELECT 1"); // the snapshot is of the first statement

    PostgresSnapshot(Connection connection, Horizon horizon) {
        super(connection, horizon);
    }

    @Override
    void begin() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : BEGIN) {
                statement.execute(sql);
            }
        }
    }

    @Override
    void read(String sql, int columns, RowWriter writer) throws IOException, SQLException, ValueRefused {
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + sql + ") TO STDOUT (FORMAT binary)");
        CopyRows rows = new CopyRows(columns);
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            rows.take(message);
            while (rows.next()) {
                writer.write(rows);
            }
        }
        if (!rows.isComplete() || copy.getHandledRowCount() != writer.rows()) {
            throw new SQLException("PostgreSQL says that it sent " + Quantity.count(copy.getHandledRowCount(), "row")
                    + ", and " + writer.rows() + " arrived");
        }
    }
}
