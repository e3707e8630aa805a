package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetColumn;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetTransaction;
import dev.caravan.redshift.copy.SqlText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Unique values that rows swap, or pass on to each other. PostgreSQL looks at each row as it is written, and so refuses the first that takes a value which another
 * still has, unless the constraint is DEFERRABLE and was deferred ("Non-deferred uniqueness constraints" under SET CONSTRAINTS in PostgreSQL's manual). So the rows
 * whose values change are taken out of the index first: by NULL where the column takes one, else by being deleted and inserted again, with the application's
 * columns as they were, if nothing notices.
 */
final class MovingValues {
    private final TargetTransaction transaction;
    private final Staged staged;
    private final Slice slice;
    private final Bystanders bystanders;
    private final Set<String> freed = new TreeSet<>();
    private final Set<String> removed = new TreeSet<>();

    MovingValues(TargetTransaction transaction, Staged staged, Slice slice, Bystanders bystanders) {
        this.transaction = transaction;
        this.staged = staged;
        this.slice = slice;
        this.bystanders = bystanders;
    }

    /**
     * Frees the values of the index that refused one.
     *
     * @throws TargetRefused if they can't be freed, or were, and another row has the value all the same
     */
    void takeOutOfTheWay(SQLException refusal) throws SQLException, TargetRefused {
        UniqueIndex index = UniqueIndex.of(staged.connection(), refusal);
        List<String> written = index.columns().stream()
                .filter(column ->
                        table().columns().contains(column) && !table().keys().contains(column))
                .toList();
        if (written.isEmpty() || removed.contains(index.name())) {
            throw new TargetRefused(
                    table().inWords() + ": " + PostgresFailures.of(refusal).inWords(), refusal);
        }
        Optional<String> nullable =
                written.stream().filter(index.freed()::contains).findFirst();
        if (nullable.isPresent() && freed.add(index.name()) && isFreedByNull(nullable.get(), written)) {
            return;
        }
        removed.add(index.name());
        remove(index, written, refusal);
    }

    private boolean isFreedByNull(String column, List<String> written) throws SQLException {
        try {
            transaction.attempt(() -> staged.run("UPDATE " + table().sql() + " t SET " + SqlText.identifier(column)
                    + " = NULL FROM " + StagedSql.STAGED + " d WHERE " + moving(written)));
            return true;
        } catch (SQLException e) {
            if (PostgresFailures.of(e).mayPass()) {
                throw e;
            }
            return false; // a check, or a trigger, wants a value
        }
    }

    private void remove(UniqueIndex index, List<String> written, SQLException refusal)
            throws SQLException, TargetRefused {
        List<String> heeding = bystanders.heedingDeletes();
        if (!heeding.isEmpty()) {
            throw new TargetRefused(
                    table().inWords() + ": " + PostgresFailures.problem(refusal)
                            + ". If rows pass values of " + index.name() + " on to each other, " + index.remedy()
                            + "; they can't be deleted and inserted again, for " + String.join(", ", heeding)
                            + " would notice. Else delete the row that has the value",
                    refusal);
        }
        String rows = "SELECT t.* FROM " + table().sql() + " t JOIN " + StagedSql.STAGED + " d ON " + moving(written);
        staged.run("CREATE TEMP TABLE IF NOT EXISTS caravan_moved ON COMMIT DROP AS SELECT * FROM " + table().sql()
                + " WITH NO DATA");
        staged.run("INSERT INTO " + StagedSql.MOVED + " " + rows);
        staged.run("DELETE FROM " + table().sql() + " t USING " + StagedSql.MOVED + " m WHERE "
                + table().eachKey(" AND ", key -> "t." + SqlText.identifier(key) + " = m." + SqlText.identifier(key)));
        staged.run("UPDATE " + StagedSql.STAGED + " d SET op = 'M' FROM " + StagedSql.MOVED + " m WHERE "
                + staged.sql().sameKeys("m"));
    }

    /** Rows to be updated of which a column of the index changes; all but a few are written anyway. */
    private String moving(List<String> written) {
        return "d.op IN ('U', 'A') AND " + staged.sql().sameKeys("t") + slice.sql() + " AND ("
                + written.stream()
                        .map(column -> "CAST(t." + SqlText.identifier(column) + " AS text) IS DISTINCT FROM CAST(d."
                                + table().position(column) + " AS text)")
                        .collect(Collectors.joining(" OR "))
                + ")";
    }

    /** Inserts what was removed, with its new values, and says how many rows that were. */
    long putBack() throws SQLException {
        if (removed.isEmpty()) {
            return 0;
        }
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (TargetColumn column : staged.sql().shape().columns().all()) {
            if (column.made() != TargetColumn.Made.GENERATED) {
                names.add(column.name());
                values.add(
                        table().columns().contains(column.name())
                                ? "d." + table().position(column.name())
                                : "m." + SqlText.identifier(column.name()));
            }
        }
        return staged.run("INSERT INTO " + table().sql() + " (" + SqlText.identifiers(names, ", ")
                + ") OVERRIDING SYSTEM VALUE SELECT " + String.join(", ", values) + " FROM " + StagedSql.MOVED
                + " m JOIN "
                + StagedSql.STAGED + " d ON " + staged.sql().sameKeys("m"));
    }

    private MirroredTable table() {
        return staged.table();
    }
}
