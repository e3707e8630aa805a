package dev.caravan.operate.doctor.trial;

import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import dev.caravan.operate.doctor.trial.Result.Differs;
import dev.caravan.operate.doctor.trial.Result.NotTried;
import dev.caravan.operate.doctor.trial.Result.Proven;
import dev.caravan.redshift.copy.LoadErrorViews;
import dev.caravan.redshift.failure.CopyFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes until a view of load errors tells of one.
 *
 * @param optional whether there are clusters that don't have the view
 */
record LoadErrors(String table, Question question, boolean optional) implements Check {
    static final LoadErrors STL = new LoadErrors("stl_errors", LoadErrorViews::stl, true);
    static final LoadErrors SYS = new LoadErrors("sys_errors", LoadErrorViews::sys, false);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String UNNAMED =
            "a batch's bad file is found by trying (halving), and messages don't name line and column";

    /** The SQL that a failed load runs. */
    @FunctionalInterface
    interface Question {
        String sql(Feed feed, Duration since);
    }

    @Override
    public Result on(Scratch scratch) throws SQLException {
        long start = System.nanoTime();
        FileEntry file = scratch.file("1,a\nx,b\n");
        String name = file.url().substring(file.url().lastIndexOf('/') + 1);
        Feed feed = scratch.table(table, f -> f.set("prefix", file.url().substring("s3://".length())));
        Attempt attempt = scratch.load(feed, scratch.batch(), file);
        long failed = System.nanoTime();
        try {
            for (int asked = 1; ; asked++) {
                List<List<String>> rows =
                        scratch.database().rows(question.sql(feed, Duration.ofNanos(System.nanoTime() - start)));
                Duration after = Duration.ofNanos(System.nanoTime() - failed);
                if (!rows.isEmpty()) {
                    String words = String.format(
                            Locale.ROOT,
                            "readable %.1f s after the failure: %s",
                            after.toMillis() / 1000.0,
                            rows.get(0));
                    return asked == 1 ? new Proven(words) : new Differs("not when first asked, " + words, meaning());
                }
                if (after.compareTo(scratch.wishes().patience()) > 0) {
                    return new Differs(
                            "nothing of " + name + " " + after.toSeconds() + " s after the failure: "
                                    + attempt.inWords(),
                            meaning());
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (SQLException e) {
            String words =
                    "it can't be asked: " + Attempt.failed(CopyFailure.of(e)).inWords();
            return optional
                    ? new NotTried(
                            words + "; on Serverless it isn't to be had, and sys_load_error_detail is asked instead")
                    : new Differs(words, meaning());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", "57014", e);
        }
    }

    private String meaning() {
        return optional
                ? "Caravan asks once, at once, and then the other view: if that is late, too, " + UNNAMED
                : "where stl_load_errors can't be asked, as on Serverless: " + UNNAMED;
    }
}
