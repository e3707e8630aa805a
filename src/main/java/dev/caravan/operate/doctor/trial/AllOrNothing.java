package dev.caravan.operate.doctor.trial;

import dev.caravan.base.Quantity;
import dev.caravan.feed.Feed;
import dev.caravan.operate.doctor.trial.Result.Differs;
import dev.caravan.operate.doctor.trial.Result.Proven;
import java.sql.SQLException;

/** A load that fails behind its COPY. */
final class AllOrNothing implements Check {
    @Override
    public Result on(Scratch scratch) throws SQLException {
        Feed feed = scratch.table("all_or_nothing", f -> f.set("postSql", failing(scratch)));
        String id = scratch.batch();
        Attempt attempt = scratch.load(feed, id, scratch.file("1,a\n2,b\n"));
        return nothing(scratch, feed, id, attempt);
    }

    /** A statement that the cluster refuses when it comes to it. */
    static String failing(Scratch scratch) {
        return "INSERT INTO " + scratch.name("nowhere") + " VALUES (1)";
    }

    /** Whether a load that failed at its end, as it should, has left nothing. */
    static Result nothing(Scratch scratch, Feed feed, String id, Attempt attempt) throws SQLException {
        int rows = scratch.rows(feed).size();
        int noted = scratch.noted(feed, id);
        if (rows > 0 || noted > 0 || attempt.isLoaded()) {
            return new Differs(
                    "it left " + Quantity.count(rows, "row") + " in the table and " + noted + " in the ledger table: "
                            + attempt.inWords(),
                    "a batch that fails and is tried again would be loaded twice: don't load this cluster with Caravan");
        }
        return attempt.failure().filter(Verdict.NO_TABLE::fits).isPresent()
                ? new Proven("it left nothing: " + attempt.inWords())
                : new Differs(
                        "it left nothing, but failed otherwise than it was to: " + attempt.inWords(),
                        "nothing is proven of a failure at the load's end");
    }
}
