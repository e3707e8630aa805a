package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.redshifttopostgres.postgres.Cancelling;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailure;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import dev.caravan.pipeline.redshifttopostgres.postgres.SqlState;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetShape;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A difference in its temporary table, proven to be what it says: as many rows of each kind, each key once and none NULL. */
final class Staged {
    private static final Logger LOG = LoggerFactory.getLogger(Staged.class);
    private static final int BUFFER = 64 * 1024;

    private final Connection connection;
    private final Cancelling cancelling;
    private final StagedSql sql;

    Staged(Connection connection, Cancelling cancelling, TargetShape shape) {
        this.connection = connection;
        this.cancelling = cancelling;
        sql = new StagedSql(shape);
    }

    StagedSql sql() {
        return sql;
    }

    MirroredTable table() {
        return sql.shape().table();
    }

    /**
     * Makes the table and fills it.
     *
     * @param numbered whether its rows get numbers, and it stays for several transactions
     */
    void fill(Difference difference, List<DifferenceFile> files, boolean numbered)
            throws SQLException, IOException, TargetRefused {
        run(sql.drop());
        run(sql.create(!numbered));
        for (DifferenceFile file : files) {
            cancelling.check();
            copy(file);
        }
        proveKeys();
        proveCounts(difference);
        if (numbered) {
            run(sql.number());
            run(sql.numbersIndex());
        }
        run(sql.analyze());
    }

    private void copy(DifferenceFile file) throws SQLException, IOException, TargetRefused {
        try (InputStream rows = file.open()) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql.copy(file), rows, BUFFER);
        } catch (SQLException e) {
            PostgresFailure failure = PostgresFailures.of(e);
            if (failure.mayPass()) {
                throw e;
            }
            Optional<RefusedLine> line = RefusedLine.of(e, table());
            throw new TargetRefused(
                    table().inWords() + line.map(RefusedLine::column).orElse("") + ", "
                            + line.map(at -> at.keys(file)).orElse("") + "a row of " + file.name() + ": "
                            + failure.inWords(),
                    e);
        }
    }

    private void proveKeys() throws SQLException, TargetRefused {
        try {
            run(sql.unique());
        } catch (SQLException e) {
            if (SqlState.UNIQUE_VIOLATION.is(e)) {
                throw new TargetRefused(
                        "a key comes twice in the difference of " + table().inWords() + ", whose keys are "
                                + String.join(", ", table().keys()) + ": "
                                + PostgresFailures.server(e)
                                        .map(server -> String.valueOf(server.getDetail()))
                                        .orElse("")
                                + ". PostgreSQL takes these values for the same: have the source's keys differ in more, or"
                                + " name more keys",
                        e);
            }
            throw e;
        }
        long without = number(sql.nullKeys());
        if (without > 0) {
            throw new TargetRefused("in the difference of " + table().inWords() + ", "
                    + Quantity.count(without, "row has NULL", "rows have NULL") + " as key ("
                    + String.join(", ", table().keys()) + "): a key can't be NULL");
        }
    }

    private void proveCounts(Difference difference) throws SQLException, TargetRefused {
        Map<String, Long> counts = counts(Slice.ALL);
        Map<String, Long> expected =
                new HashMap<>(Map.of("I", difference.inserts(), "U", difference.updates(), "D", difference.deletes()));
        expected.values().removeIf(number -> number == 0);
        if (!counts.equals(expected)) {
            throw new TargetRefused("the files of the difference of " + difference.mirror() + " to "
                    + difference.snapshot() + " don't have the rows that it was counted with: " + counts
                    + " instead of "
                    + expected + ". Nothing was changed; run the mirror again");
        }
    }

    /** How many rows there are of each op. */
    Map<String, Long> counts(Slice slice) throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql.counts(slice))) {
            while (row.next()) {
                counts.put(String.valueOf(row.getString(1)), row.getLong(2));
            }
        }
        return counts;
    }

    /** Removes it from the session, which is another's next; if that fails, the session has ended, or the next that is filled does so. */
    void drop() {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.drop());
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            LOG.debug("The temporary table of {} stays in its session: {}", table().inWords(), e.getMessage());
        }
    }

    Connection connection() {
        return connection;
    }

    /** Runs a statement. */
    long run(String statement) throws SQLException {
        cancelling.check();
        try (Statement running = connection.createStatement()) {
            return running.executeLargeUpdate(statement);
        }
    }

    long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A few keys in words, of rows that a FROM clause names. */
    String examples(String from) throws SQLException {
        StringBuilder words = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql.keys(from, 3))) {
            while (row.next()) {
                words.append(words.isEmpty() ? "" : "; ");
                for (int i = 0; i < table().keys().size(); i++) {
                    words.append(i == 0 ? "" : ", ")
                            .append(table().keys().get(i))
                            .append(" = ")
                            .append(row.getString(i + 1));
                }
            }
        }
        return words.toString();
    }
}
