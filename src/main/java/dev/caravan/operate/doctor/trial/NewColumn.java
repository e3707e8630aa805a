package dev.caravan.operate.doctor.trial;

import dev.caravan.base.Quantity;
import dev.caravan.feed.Feed;
import dev.caravan.operate.doctor.trial.Result.Differs;
import dev.caravan.operate.doctor.trial.Result.Proven;
import dev.caravan.outcome.AddedColumn;
import java.sql.SQLException;
import java.util.List;

/** A load that adds a column, and one that fails after it did. */
final class NewColumn implements Check {
    private static final List<AddedColumn> ADDED = List.of(new AddedColumn("note", "VARCHAR(20)"));
    private static final String MEANING = "don't use schemaEvolution: addColumns with this cluster";

    @Override
    public Result on(Scratch scratch) throws SQLException {
        Feed failing = scratch.table("column_taken_back", f -> f.set("postSql", AllOrNothing.failing(scratch)));
        Attempt failed = scratch.load(failing, scratch.batch(), ADDED, scratch.file("1,a,x\n"));
        int columns = scratch.columns(failing).size();
        int rows = scratch.rows(failing).size();
        if (columns != 2
                || rows > 0
                || !failed.failure().filter(Verdict.NO_TABLE::fits).isPresent()) {
            return new Differs(
                    "a load that was to fail after it added a column left " + Quantity.count(columns, "column")
                            + " of 2 and " + Quantity.count(rows, "row") + ": " + failed.inWords(),
                    MEANING);
        }
        Feed feed = scratch.table("column_added", f -> {});
        Attempt attempt = scratch.load(feed, scratch.batch(), ADDED, scratch.file("1,a,x\n"));
        List<String> loaded = scratch.rows(feed);
        return attempt.isLoaded() && loaded.equals(List.of("1,a,x"))
                ? new Proven("added and filled; taken back where the load failed")
                : new Differs("the table has " + loaded + ": " + attempt.inWords(), MEANING);
    }
}
