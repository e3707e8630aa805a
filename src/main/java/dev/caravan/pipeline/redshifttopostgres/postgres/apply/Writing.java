package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.SqlState;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetTransaction;
import java.sql.SQLException;
import java.util.Map;

/**
 * Writes rows of the difference into the target: deletions first, for they free values that must be unique, then updates, then inserts. Each statement must write
 * as many rows as there are to write; rows that somebody has deleted meanwhile are counted and put right.
 */
final class Writing {
    private final TargetTransaction transaction;
    private final Staged staged;
    private final ForeignRows foreignRows;
    private final Bystanders bystanders;

    Writing(TargetTransaction transaction, Staged staged, ForeignRows foreignRows, Bystanders bystanders) {
        this.transaction = transaction;
        this.staged = staged;
        this.foreignRows = foreignRows;
        this.bystanders = bystanders;
    }

    /** @throws TargetRefused if rows of the table don't let these in */
    Applied write(Slice slice) throws SQLException, TargetRefused {
        StagedSql sql = staged.sql();
        staged.run(
                "SET CONSTRAINTS ALL DEFERRED"); // those that can be: values that pass from row to row are right at the
        // end
        long adopted = foreignRows == ForeignRows.ADOPT ? staged.run(sql.adopt(slice)) : 0;
        Map<String, Long> ops = staged.counts(slice);
        long deletes = ops.getOrDefault("D", 0L);
        long deleted = deletes == 0 ? 0 : delete(slice, deletes);
        long updates = ops.getOrDefault("U", 0L) + ops.getOrDefault("A", 0L);
        long updated = updates == 0 ? 0 : update(slice);
        long gone = updated == updates ? 0 : staged.run(sql.gone(slice));
        if (updated + gone != updates) {
            throw bystanders.kept("UPDATE", updates - gone, updated);
        }
        long inserted = insert(slice, ops.getOrDefault("I", 0L) + gone);
        return new Applied(false, inserted, updated, deleted, adopted, gone, deletes - deleted);
    }

    private long delete(Slice slice, long deletes) throws SQLException, TargetRefused {
        long deleted = attempt(() -> staged.run(staged.sql().delete(slice)), slice);
        if (deleted < deletes) {
            long left = staged.number("SELECT count(*)" + staged.sql().there("'D'", slice));
            if (left > 0) {
                throw bystanders.kept("DELETE", left + deleted, deleted);
            }
        }
        if (deleted > deletes) {
            throw new TargetRefused(Quantity.count(deletes, "row was", "rows were") + " to be deleted from "
                    + table().inWords() + ", and " + Quantity.count(deleted, "row has", "rows have") + " their keys");
        }
        return deleted;
    }

    /** As often as values that must be unique are in the way of one another, of one index after the other. */
    private long update(Slice slice) throws SQLException, TargetRefused {
        MovingValues moving = new MovingValues(transaction, staged, slice, bystanders);
        while (true) {
            try {
                return transaction.attempt(() -> staged.run(staged.sql().update(slice)) + moving.putBack());
            } catch (SQLException e) {
                if (!SqlState.UNIQUE_VIOLATION.is(e) && !SqlState.EXCLUSION_VIOLATION.is(e)) {
                    throw RefusedRow.orElse(e, staged, "'U', 'A'", slice);
                }
                moving.takeOutOfTheWay(e);
            }
        }
    }

    private long insert(Slice slice, long inserts) throws SQLException, TargetRefused {
        long inserted = attempt(
                () -> {
                    long rows = inserts == 0 ? 0 : staged.run(staged.sql().insert(slice));
                    staged.run("SET CONSTRAINTS ALL IMMEDIATE"); // here and not in COMMIT, where nobody knows any more
                    // what it is about
                    return rows;
                },
                slice);
        if (inserted != inserts) {
            throw bystanders.kept("INSERT", inserts, inserted);
        }
        return inserted;
    }

    private long attempt(TargetTransaction.Attempt<Long> attempt, Slice slice) throws SQLException, TargetRefused {
        try {
            return transaction.attempt(attempt);
        } catch (SQLException e) {
            if (SqlState.UNIQUE_VIOLATION.is(e)) {
                String examples = staged.examples(staged.sql().there("'I', 'G'", slice));
                if (!examples.isEmpty()) {
                    throw new TargetRefused(
                            "rows are to be inserted into " + table().inWords()
                                    + " that somebody else has written there, such as " + examples
                                    + ": delete them, or make them the mirror's with foreignRows: adopt",
                            e);
                }
            }
            throw RefusedRow.orElse(e, staged, "'I', 'G', 'U', 'A'", slice);
        }
    }

    private MirroredTable table() {
        return staged.table();
    }
}
