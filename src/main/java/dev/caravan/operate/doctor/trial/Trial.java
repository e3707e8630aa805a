package dev.caravan.operate.doctor.trial;

import dev.caravan.base.Quantity;
import dev.caravan.feed.Feed;
import dev.caravan.operate.doctor.trial.Result.Differs;
import dev.caravan.operate.doctor.trial.Result.Proven;
import java.sql.SQLException;

/** What the search for a bad file runs. */
final class Trial implements Check {
    @Override
    public Result on(Scratch scratch) throws SQLException {
        Feed feed = scratch.table("trial", f -> {});
        Attempt attempt = scratch.trial(feed, scratch.file("1,a\n2,b\n"));
        int rows = scratch.rows(feed).size();
        if (rows > 0) {
            return new Differs(
                    "it left " + Quantity.count(rows, "row") + ": " + attempt.inWords(),
                    "the search for a bad file would load rows: set onBadFile: fail");
        }
        return attempt.isReadable()
                ? new Proven(attempt.inWords())
                : new Differs(
                        "it left nothing, but was not recognised: " + attempt.inWords(),
                        "a bad file of a batch can't be found by trying: set onBadFile: fail");
    }
}
