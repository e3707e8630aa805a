package dev.caravan.pipeline.redshifttopostgres.postgres.load;

import dev.caravan.pipeline.redshifttopostgres.postgres.Cancelling;
import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetShape;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetTransaction;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Applied;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ApplyDifference;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ApplySettings;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Difference;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.DifferenceFile;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ForeignRows;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Statistics;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Brings all rows of a snapshot into a target that holds nothing of the mirror yet. An empty table is filled by COPY, in one transaction with the ledger. One that
 * has rows gets a new table in its place, or the rows in chunks; whoever wants to keep the rows that are there rebases instead.
 */
public final class FirstLoad {
    private static final long USUAL_CHUNK = 100_000;

    private final BooleanSupplier stopping;

    /** @param stopping whether this instance stops: what PostgreSQL does for it is cancelled then */
    public FirstLoad(BooleanSupplier stopping) {
        this.stopping = stopping;
    }

    /**
     * Loads them; what it throws is what {@link ApplyDifference#apply} throws.
     *
     * @param difference from {@link Held#NOTHING}, of inserts alone
     * @param settings a chunk of 0 is 100,000 rows here
     */
    public Applied load(
            Connection connection,
            MirroredTable table,
            Difference difference,
            List<DifferenceFile> files,
            ApplySettings settings,
            FirstLoadMode mode)
            throws SQLException, IOException, TargetRefused {
        if (!difference.base().equals(Held.NOTHING) || difference.rows() != difference.inserts()) {
            throw new IllegalArgumentException("a first load is from nothing, and of inserts alone: " + difference);
        }
        TargetLedger.prepare(connection);
        boolean begun = TargetLedger.held(connection, difference.mirror()).isPresent();
        ApplySettings inChunks = settings.chunk() == 0 ? settings.withChunk(USUAL_CHUNK) : settings;
        if (begun) { // all of it, or some chunks, or something else
            return new ApplyDifference(stopping).apply(connection, table, difference, files, inChunks);
        }
        TargetShape shape = TargetShape.checked(connection, table);
        boolean empty = isEmpty(connection, table);
        if (!empty && mode == FirstLoadMode.CHUNKS) {
            return new ApplyDifference(stopping).apply(connection, table, difference, files, inChunks);
        }
        if (!empty && settings.foreignRows() == ForeignRows.FAIL) {
            throw new TargetRefused(table.inWords() + " has rows that the mirror hasn't written, and a first load would"
                    + " replace them: empty the table, or rebase the mirror, which keeps rows that are right; with"
                    + " foreignRows: adopt they are replaced");
        }
        Applied applied = new Applied(false, difference.rows(), 0, 0, 0, 0, 0);
        try (Cancelling cancelling = Cancelling.when(stopping, connection);
                TargetTransaction transaction = TargetTransaction.begin(connection, settings.lockTimeout())) {
            Held held = TargetLedger.lock(connection, difference.mirror());
            if (!held.snapshot().equals(Held.NOTHING) || held.halfWay().isPresent()) {
                throw new SQLException("somebody else loads " + table.inWords() + " at the same time", "40001");
            }
            if (empty) {
                new CopyInto(connection, cancelling, table).copy(files, difference.rows());
            } else {
                new Swap(connection, cancelling, transaction, shape).replace(files, difference.rows());
            }
            TargetLedger.change(connection, held, difference.after(applied, held));
            cancelling.check();
            transaction.commit();
        }
        Statistics.renew(connection, table, difference.rows(), settings.lockTimeout());
        return applied;
    }

    private static boolean isEmpty(Connection connection, MirroredTable table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1 FROM " + table.sql() + " LIMIT 1")) {
            return !row.next();
        }
    }
}
