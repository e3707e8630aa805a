package dev.caravan.doctor;

import dev.caravan.doctor.Result.Differs;
import dev.caravan.doctor.Result.Proven;
import dev.caravan.feed.Feed;
import java.sql.SQLException;
import java.util.List;

/** Loads through temporary tables, of both kinds of merge. */
final class Merge implements Check {
    @Override
    public Result on(Scratch scratch) throws SQLException {
        return merged(scratch, "overwriteExisting", List.of("1,a", "2,c", "3,e"))
                .orElse(merged(scratch, "keepExisting", List.of("1,a", "2,b", "3,d")));
    }

    /** Two batches with a key in common, the second of two files with one in common. */
    private static Outcome merged(Scratch scratch, String mode, List<String> expected) throws SQLException {
        Feed feed = scratch.table("merge_" + mode.toLowerCase(java.util.Locale.ROOT), f -> {
            f.setWriteMode(mode);
            f.setKeys("id");
        });
        Attempt first = scratch.load(feed, scratch.batch(), scratch.file("1,a\n2,b\n"));
        Attempt second = scratch.load(feed, scratch.batch(), scratch.file("2,c\n3,d\n"), scratch.file("3,e\n"));
        List<String> rows = scratch.rows(feed);
        return new Outcome(mode, first, second, rows, expected);
    }

    private record Outcome(String mode, Attempt first, Attempt second, List<String> rows, List<String> expected) {
        Result orElse(Outcome other) {
            return !isGood() ? result() : other.result();
        }

        private boolean isGood() {
            return first.isLoaded() && second.isLoaded() && rows.equals(expected);
        }

        private Result result() {
            return isGood()
                    ? new Proven("overwriteExisting and keepExisting, two files with the same key in a batch")
                    : new Differs(
                            mode + " made " + rows + " of what was to be " + expected + ": "
                                    + (first.isLoaded() ? second : first).inWords(),
                            "don't use writeMode " + mode + ", fileColumn or loadedAtColumn with this cluster");
        }
    }
}
