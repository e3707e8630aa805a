package dev.caravan.operate.doctor.trial;

import dev.caravan.feed.Feed;
import dev.caravan.operate.doctor.trial.Result.Differs;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A load of more statements than the Data API takes at a time. */
final class ManyStatements implements Check {
    private static final int MANY = 41;

    /** What the Data API's data source says of a session whose calls are no transaction. */
    private static final String REFUSED = "0A000";

    @Override
    public Result on(Scratch scratch) throws SQLException {
        Feed side = scratch.table("many_side", f -> {});
        String before = IntStream.rangeClosed(1, MANY)
                .mapToObj(i -> "INSERT INTO " + scratch.name("many_side") + " VALUES (" + i + ", 'a')")
                .collect(Collectors.joining("; "));
        Feed feed = scratch.table("many_statements", f -> {
            f.set("preSql", before);
            f.set("postSql", AllOrNothing.failing(scratch));
        });
        String id = scratch.batch();
        Attempt attempt = scratch.load(feed, id, scratch.file("1,a\n2,b\n"));
        int left = scratch.rows(side).size();
        if (left == 0
                && attempt.failure().filter(f -> f.sqlState().equals(REFUSED)).isPresent()) {
            return new Differs(
                    attempt.inWords(),
                    "Caravan refuses loads of more than 40 statements in this cluster, and nothing comes twice");
        }
        return left > 0
                ? new Differs(
                        left + " of " + MANY + " rows stayed that were inserted before: " + attempt.inWords(),
                        "a load of more than 40 statements isn't one transaction: one that is tried again would double rows."
                                + " Reach this cluster by JDBC, or keep preSql and postSql short and let files be copied together")
                : AllOrNothing.nothing(scratch, feed, id, attempt);
    }
}
