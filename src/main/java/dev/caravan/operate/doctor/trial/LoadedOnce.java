package dev.caravan.operate.doctor.trial;

import dev.caravan.base.Quantity;
import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import dev.caravan.operate.doctor.trial.Result.Differs;
import dev.caravan.operate.doctor.trial.Result.Proven;
import java.sql.SQLException;
import java.util.List;

/** A whole load, twice. */
final class LoadedOnce implements Check {
    @Override
    public Result on(Scratch scratch) throws SQLException {
        Feed feed = scratch.table("loaded_once", f -> {});
        FileEntry file = scratch.file("1,a\n2,b\n");
        String id = scratch.batch();
        Attempt first = scratch.load(feed, id, file);
        Attempt second = scratch.load(feed, id, file);
        List<String> rows = scratch.rows(feed);
        if (!first.isLoaded()) {
            return new Differs("the first load failed: " + first.inWords(), "nothing can be loaded into this cluster");
        }
        if (rows.equals(List.of("1,a", "2,b")) && scratch.noted(feed, id) == 1) {
            return second.isAlreadyLoaded()
                    ? new Proven("the second load said: " + second.inWords())
                    : new Differs(
                            "rows are there once, but the second load said: " + second.inWords(),
                            "a batch whose load was committed, and its answer lost, would be called failed");
        }
        return new Differs(
                "the table has " + rows + " after two loads, and the ledger table "
                        + Quantity.count(scratch.noted(feed, id), "row") + "; the second load said: "
                        + second.inWords(),
                "a batch that is tried again would be loaded twice: don't load this cluster with Caravan");
    }
}
