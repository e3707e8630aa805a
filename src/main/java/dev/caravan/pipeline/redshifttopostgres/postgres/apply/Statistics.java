package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ANALYZE of the target, when enough of it has changed: autovacuum waits for a tenth (autovacuum_analyze_scale_factor), and never does it for a partitioned table
 * ("Updating Planner Statistics" in PostgreSQL's manual). The rows are in; if it fails, nothing is lost.
 */
public final class Statistics {
    private static final Logger LOG = LoggerFactory.getLogger(Statistics.class);

    /** One row of so many has changed. */
    private static final long WORTHWHILE = 50;

    private Statistics() {}

    /** @param changed how many rows were changed now */
    public static void renew(Connection connection, MirroredTable table, long changed, Duration lockTimeout) {
        try (TargetTransaction transaction = TargetTransaction.begin(connection, lockTimeout);
                Statement statement = connection.createStatement()) {
            double rows = rows(connection, table);
            if (rows <= 0 || changed >= rows / WORTHWHILE) {
                statement.execute("ANALYZE " + table.sql());
                transaction.commit();
            }
        } catch (SQLException e) {
            LOG.warn(
                    "ANALYZE of {} failed, so that PostgreSQL may plan queries of it badly until autovacuum does it: {}",
                    table.inWords(),
                    PostgresFailures.problem(e));
        }
    }

    /** As PostgreSQL estimates; less than one if it never counted. */
    private static double rows(Connection connection, MirroredTable table) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(
                "SELECT reltuples FROM pg_catalog.pg_class WHERE oid = CAST(? AS regclass)")) {
            ask.setString(1, table.sql());
            try (ResultSet row = ask.executeQuery()) {
                return row.next() ? row.getDouble(1) : 0;
            }
        }
    }
}
