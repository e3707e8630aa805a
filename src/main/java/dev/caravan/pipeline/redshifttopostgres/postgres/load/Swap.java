package dev.caravan.pipeline.redshifttopostgres.postgres.load;

import dev.caravan.pipeline.redshifttopostgres.postgres.Cancelling;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import dev.caravan.pipeline.redshifttopostgres.postgres.SqlState;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetShape;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetTransaction;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.DifferenceFile;
import dev.caravan.redshift.copy.SqlText;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new table in the place of the mirror's: made like it, filled, and renamed, in one transaction. {@code LIKE … INCLUDING ALL} brings columns, defaults, checks,
 * indexes, comments of columns and statistics ("CREATE TABLE" in PostgreSQL's manual); owner, rights, names of indexes, options and the table's comment are given to
 * it here. What else hangs on the old one is a reason not to.
 */
final class Swap {
    private static final Logger LOG = LoggerFactory.getLogger(Swap.class);
    private static final String NEW = "caravan_new";
    private static final int MOST_TRIES = 12;

    private final Connection connection;
    private final Cancelling cancelling;
    private final TargetTransaction transaction;
    private final TargetShape shape;

    Swap(Connection connection, Cancelling cancelling, TargetTransaction transaction, TargetShape shape) {
        this.connection = connection;
        this.cancelling = cancelling;
        this.transaction = transaction;
        this.shape = shape;
    }

    /** @throws TargetRefused if something would be lost with the old table */
    void replace(List<DifferenceFile> files, long rows) throws SQLException, IOException, TargetRefused {
        MirroredTable old = shape.table();
        refuseIfHindered();
        MirroredTable fresh = new MirroredTable(old.schema(), NEW, old.keys(), old.columns());
        run("CREATE TABLE " + fresh.sql() + " (LIKE " + old.sql() + " INCLUDING ALL)");
        new CopyInto(connection, cancelling, fresh).copy(files, rows);
        lock(old);
        refuseIfHindered(); // as it is now that nobody can alter it
        Belongings belongings = Belongings.of(connection, old, fresh);
        try {
            for (String statement : belongings.first()) {
                run(statement);
            }
            run("DROP TABLE " + old.sql());
        } catch (SQLException e) {
            if (SqlState.DEPENDENT_OBJECTS.is(e)) {
                throw new TargetRefused(
                        old.inWords() + " can't be replaced by a new table: " + PostgresFailures.problem(e)
                                + ". Use firstLoad: chunks, or rebase the mirror",
                        e);
            }
            throw e;
        }
        run("ALTER TABLE " + fresh.sql() + " RENAME TO " + SqlText.identifier(old.table()));
        for (String statement : belongings.afterwards()) {
            run(statement);
        }
    }

    private void refuseIfHindered() throws SQLException, TargetRefused {
        List<String> hindrances = SwapHindrances.of(connection, shape);
        if (!hindrances.isEmpty()) {
            throw new TargetRefused(shape.table().inWords() + " can't be replaced by a new table: "
                    + String.join("; ", hindrances) + ". Use firstLoad: chunks, or rebase the mirror");
        }
    }

    /** Whoever reads the table while this waits waits with it: not longer than the timeout, and only now and then. */
    private void lock(MirroredTable old) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                transaction.attempt(() -> {
                    run("LOCK TABLE " + old.sql() + " IN ACCESS EXCLUSIVE MODE");
                    return true;
                });
                return;
            } catch (SQLException e) {
                if (!SqlState.LOCK_NOT_AVAILABLE.is(e) || attempt == MOST_TRIES) {
                    throw e;
                }
                LOG.info("{} is in use and can't be replaced yet", old.inWords());
                run("SELECT pg_sleep(1)");
            }
        }
    }

    private void run(String sql) throws SQLException {
        cancelling.check();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
