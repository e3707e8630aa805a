package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailure;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import dev.caravan.pipeline.redshifttopostgres.postgres.SqlState;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import java.sql.SQLException;
import java.util.Optional;

/** What a statement was refused for, with keys of the rows that are at fault where they can be found. */
final class RefusedRow {
    private RefusedRow() {}

    /**
     * The failure itself if it may pass.
     *
     * @param ops of the rows that were written
     * @throws TargetRefused if it may not
     */
    static SQLException orElse(SQLException e, Staged staged, String ops, Slice slice)
            throws SQLException, TargetRefused {
        PostgresFailure failure = PostgresFailures.of(e);
        if (failure.mayPass()) {
            return e;
        }
        String column = PostgresFailures.server(e)
                .flatMap(server -> Optional.ofNullable(server.getColumn()))
                .orElse("");
        boolean isNull =
                SqlState.NOT_NULL_VIOLATION.is(e) && staged.table().columns().contains(column);
        String examples = isNull
                ? staged.examples(" FROM " + StagedSql.STAGED + " d WHERE d.op IN (" + ops + ") AND d."
                        + staged.table().position(column) + " IS NULL" + slice.sql())
                : "";
        throw new TargetRefused(
                staged.table().inWords() + (examples.isEmpty() ? "" : "." + column + ", " + examples) + ": "
                        + failure.inWords(),
                e);
    }
}
