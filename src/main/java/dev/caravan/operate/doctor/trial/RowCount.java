package dev.caravan.operate.doctor.trial;

import dev.caravan.feed.Feed;
import dev.caravan.operate.doctor.trial.Result.Differs;
import dev.caravan.operate.doctor.trial.Result.Proven;
import java.sql.SQLException;

/** The number of rows that a load notes. */
final class RowCount implements Check {
    private static final String ROWS = "3";

    @Override
    public Result on(Scratch scratch) throws SQLException {
        Feed feed = scratch.table("row_count", f -> {});
        Attempt attempt = scratch.load(feed, scratch.batch(), scratch.file("1,a\n2,b\n3,c\n"));
        if (!attempt.isLoaded()) {
            return new Differs("the load failed: " + attempt.inWords(), "nothing can be loaded into this cluster");
        }
        String noted = scratch.database()
                .value("SELECT \"rows\" FROM " + scratch.statement().ledgerTable(feed.table()));
        return noted.equals(ROWS)
                ? new Proven(ROWS + " rows loaded, " + noted + " noted")
                : new Differs(
                        ROWS + " rows loaded, '" + noted + "' noted",
                        "messages, metrics and commands tell wrong numbers of rows; the rows themselves are right");
    }
}
