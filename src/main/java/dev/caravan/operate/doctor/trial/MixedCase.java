package dev.caravan.operate.doctor.trial;

import dev.caravan.feed.Feed;
import dev.caravan.operate.doctor.trial.Result.Differs;
import dev.caravan.operate.doctor.trial.Result.Proven;
import java.sql.SQLException;
import java.util.List;

/** Names that a cluster folds to lower case, unless it is told not to. */
final class MixedCase implements Check {
    @Override
    public Result on(Scratch scratch) throws SQLException {
        Feed feed = scratch.table(
                "MixedCase", "\"Id\" INT, \"Name\" VARCHAR(20)", f -> f.set("columns", "\"Name\", \"Id\""));
        Feed merging = scratch.feed("MixedCase", f -> {
            f.set("columns", "\"Name\", \"Id\"");
            f.set("writeMode", "overwriteExisting");
            f.set("keys", "\"Id\"");
        });
        String id = scratch.batch();
        Attempt first = scratch.load(feed, id, scratch.file("a,1\nb,2\n"));
        Attempt second = scratch.load(merging, scratch.batch(), scratch.file("c,2\n"));
        Attempt attempt = first.isLoaded() ? second : first;
        List<String> rows = scratch.rows(feed);
        List<String> names = scratch.columns(feed);
        return attempt.isLoaded() && rows.equals(List.of("1,a", "2,c")) && scratch.noted(feed, id) == 1
                ? new Proven("\"Id\" is " + names.get(0) + " there")
                : new Differs(
                        "the table has " + rows + ", its columns are " + names + ": " + attempt.inWords(),
                        "load only tables and columns whose names are in lower case");
    }
}
