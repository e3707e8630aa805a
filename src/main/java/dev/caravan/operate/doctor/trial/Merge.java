package dev.caravan.operate.doctor.trial;

import dev.caravan.feed.Feed;
import dev.caravan.operate.doctor.trial.Result.Differs;
import dev.caravan.operate.doctor.trial.Result.Proven;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Loads through temporary tables, of all kinds of merge. */
final class Merge implements Check {
    @Override
    public Result on(Scratch scratch) throws SQLException {
        for (Outcome outcome : List.of(
                merged(scratch, "overwriteExisting", "", List.of("1,a", "2,c", "3,e")),
                merged(scratch, "overwriteExisting", "name", List.of("1,a", "2,c", "3,e")),
                merged(scratch, "keepExisting", "", List.of("1,a", "2,b", "3,d")))) {
            if (!outcome.isGood()) {
                return outcome.differs();
            }
        }
        return new Proven(
                "overwriteExisting, with orderBy too, and keepExisting, two files with the same key in a batch");
    }

    /** Two batches with a key in common, the second of two files with one in common, and of a row that is earlier than the table's. */
    private static Outcome merged(Scratch scratch, String mode, String orderBy, List<String> expected)
            throws SQLException {
        Feed feed = scratch.table("merge_" + mode.toLowerCase(Locale.ROOT) + orderBy, f -> {
            f.set("writeMode", mode);
            f.set("keys", "id");
            if (!orderBy.isEmpty()) {
                f.set("orderBy", orderBy);
            }
        });
        Attempt first = scratch.load(feed, scratch.batch(), scratch.file("1,a\n2,b\n"));
        String earlier = orderBy.isEmpty() ? "" : "1,A\n";
        Attempt second =
                scratch.load(feed, scratch.batch(), scratch.file("2,c\n3,d\n"), scratch.file("3,e\n" + earlier));
        return new Outcome(mode, first, second, scratch.rows(feed), expected);
    }

    private record Outcome(String mode, Attempt first, Attempt second, List<String> rows, List<String> expected) {
        private boolean isGood() {
            return first.isLoaded() && second.isLoaded() && rows.equals(expected);
        }

        private Result differs() {
            return new Differs(
                    mode + " made " + rows + " of what was to be " + expected + ": "
                            + (first.isLoaded() ? second : first).inWords(),
                    "don't use writeMode " + mode + ", fileColumn or loadedAtColumn with this cluster");
        }
    }
}
