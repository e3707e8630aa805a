package dev.caravan.operate.doctor.trial;

import dev.caravan.base.Quantity;
import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import dev.caravan.operate.doctor.trial.Result.Differs;
import dev.caravan.operate.doctor.trial.Result.Proven;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statement that fails when a batch is loaded already. */
final class Guard {
    private static final int LONGEST_ID = 128;
    private static final int OTHERS = 200;
    private static final String DOUBLED =
            "a batch that is tried again would be loaded twice: don't load this cluster with Caravan";

    private Guard() {}

    static Result finds(Scratch scratch) throws SQLException {
        return found(scratch, "guard_finds", scratch.batch());
    }

    static Result findsLong(Scratch scratch) throws SQLException {
        String id = scratch.batch();
        return found(scratch, "guard_long_id", id + "-" + "x".repeat(LONGEST_ID - id.length() - 1));
    }

    private static Result found(Scratch scratch, String table, String id) throws SQLException {
        Feed feed = scratch.table(table, f -> {});
        note(scratch, feed, id);
        Attempt attempt = scratch.load(feed, id, rows(scratch));
        List<String> rows = scratch.rows(feed);
        if (attempt.isAlreadyLoaded() && rows.isEmpty()) {
            return new Proven("told apart from " + OTHERS + " other ids: " + attempt.inWords());
        }
        return attempt.isLoaded() || !rows.isEmpty()
                ? new Differs(
                        "the load went on, and the table has " + Quantity.count(rows.size(), "row") + ": "
                                + attempt.inWords(),
                        DOUBLED)
                : new Differs(
                        "it failed, but not as a batch that is loaded: " + attempt.inWords(),
                        "a batch whose load was committed, and its answer lost, would be called failed; it would not be loaded twice");
    }

    static Result passes(Scratch scratch) throws SQLException {
        Feed feed = scratch.table("guard_passes", f -> {});
        note(scratch, feed, "already loaded: x");
        Attempt attempt = scratch.load(feed, scratch.batch(), rows(scratch));
        List<String> rows = scratch.rows(feed);
        return attempt.isLoaded() && rows.equals(List.of("1,a", "2,b"))
                ? new Proven("loaded beside " + (OTHERS + 1) + " other ids")
                : new Differs(
                        "the table has " + rows.size() + " of 2 rows: " + attempt.inWords(),
                        attempt.isAlreadyLoaded()
                                ? "batches would be called loaded that never were: don't load this cluster with Caravan"
                                : "nothing can be loaded into this cluster");
    }

    /** Fills the ledger table with ids, of which one is given. */
    private static void note(Scratch scratch, Feed feed, String id) throws SQLException {
        String ids = IntStream.rangeClosed(0, OTHERS)
                .mapToObj(i -> i == OTHERS / 2 ? id : "other-" + i)
                .map(text -> "('" + text + "', 1, 1, 1, 's3://other')")
                .collect(Collectors.joining(", "));
        scratch.database()
                .run("INSERT INTO " + scratch.statement().ledgerTable(feed.table())
                        + " (\"batch\", \"files\", \"bytes\", \"rows\", \"manifest\") VALUES " + ids);
    }

    private static FileEntry rows(Scratch scratch) {
        return scratch.file("1,a\n2,b\n");
    }
}
