package dev.caravan.pipeline.redshifttopostgres.postgres.load;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.redshifttopostgres.postgres.Cancelling;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailure;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.DifferenceFile;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.RefusedLine;
import dev.caravan.redshift.copy.SqlText;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;

/** Copies the rows of a first load into a table that has the mirror's columns. */
final class CopyInto {
    private static final int BUFFER = 64 * 1024;

    private final Connection connection;
    private final Cancelling cancelling;
    private final MirroredTable table;

    CopyInto(Connection connection, Cancelling cancelling, MirroredTable table) {
        this.connection = connection;
        this.cancelling = cancelling;
        this.table = table;
    }

    /**
     * Copies all files.
     *
     * @param rows how many rows there must be afterwards that weren't there before
     */
    void copy(List<DifferenceFile> files, long rows) throws SQLException, IOException, TargetRefused {
        long copied = 0;
        for (DifferenceFile file : files) {
            cancelling.check();
            copied += copy(file);
        }
        if (copied != rows) {
            throw new TargetRefused("COPY brought " + Quantity.count(copied, "row") + " into " + table.inWords()
                    + " instead of " + Quantity.count(rows, "row")
                    + ": the files aren't those of the difference, or a trigger withholds rows");
        }
        long without = number("SELECT count(*) FROM " + table.sql() + " WHERE "
                + table.eachKey(" OR ", key -> SqlText.identifier(key) + " IS NULL"));
        if (without > 0) {
            throw new TargetRefused(Quantity.count(without, "row has NULL", "rows have NULL") + " as key of "
                    + table.inWords() + " (" + String.join(", ", table.keys()) + "): a key can't be NULL");
        }
    }

    private long copy(DifferenceFile file) throws SQLException, IOException, TargetRefused {
        try (InputStream rows = new InsertsOnly(file.open())) {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY " + table.sql() + " (" + table.columnList()
                                    + ") FROM STDIN WITH (FORMAT csv, NULL " + file.nullsAsSql()
                                    + ", ENCODING 'UTF8')",
                            rows,
                            BUFFER);
        } catch (InsertsOnly.NotAnInsert e) {
            throw new TargetRefused(file.name() + ": " + e.getMessage(), e);
        } catch (SQLException e) {
            PostgresFailure failure = PostgresFailures.of(e);
            if (failure.mayPass()) {
                throw e;
            }
            Optional<RefusedLine> line = RefusedLine.ofTarget(e, table);
            throw new TargetRefused(
                    table.inWords() + line.map(RefusedLine::column).orElse("") + ", "
                            + line.map(at -> at.keys(file)).orElse("") + "a row of " + file.name() + ": "
                            + failure.inWords(),
                    e);
        }
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
