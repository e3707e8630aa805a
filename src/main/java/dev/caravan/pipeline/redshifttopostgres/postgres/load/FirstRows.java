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
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Statistics;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Brings a difference of inserts into a table that has no row: by COPY into the table itself, and not by way of a temporary one. What isn't that is for
 * {@link ApplyDifference}.
 */
public final class FirstRows {
    private final BooleanSupplier stopping;

    /** @param stopping whether this instance stops: what PostgreSQL does for it is cancelled then */
    public FirstRows(BooleanSupplier stopping) {
        this.stopping = stopping;
    }

    /** Loads it, in one transaction, or has it applied as usual; what it throws is what {@link ApplyDifference#apply} throws. */
    public Applied load(
            Connection connection,
            MirroredTable table,
            Difference difference,
            List<DifferenceFile> files,
            ApplySettings settings)
            throws SQLException, IOException, TargetRefused {
        TargetLedger.prepare(connection);
        boolean isIn = TargetLedger.held(connection, difference.mirror())
                .filter(difference::isIn)
                .isPresent();
        if (isIn || difference.rows() != difference.inserts() || settings.chunk() > 0 || !isEmpty(connection, table)) {
            return new ApplyDifference(stopping).apply(connection, table, difference, files, settings);
        }
        Applied applied = new Applied(false, difference.rows(), 0, 0, 0, 0, 0);
        try (Cancelling cancelling = Cancelling.when(stopping, connection);
                TargetTransaction transaction = TargetTransaction.begin(connection, settings.lockTimeout())) {
            TargetShape shape = TargetShape.checked(connection, table);
            Held held = TargetLedger.lock(connection, difference.mirror());
            if (!held.snapshot().equals(difference.base()) || held.halfWay().isPresent()) {
                throw new SQLException("somebody else loads " + table.inWords() + " at the same time", "40001");
            }
            new CopyInto(connection, cancelling, shape.table()).copy(files, difference.rows());
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
