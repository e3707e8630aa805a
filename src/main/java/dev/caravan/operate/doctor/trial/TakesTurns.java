package dev.caravan.operate.doctor.trial;

import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import dev.caravan.operate.doctor.trial.Result.Differs;
import dev.caravan.operate.doctor.trial.Result.Proven;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The same batch, loaded by two at a time. */
final class TakesTurns implements Check {
    /** The first load is held open for so long: the second must not end within. */
    private static final Duration HELD = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROUNDS = 3;
    private static final String DOUBLED =
            "two instances that load the same batch would double its rows: don't load this cluster with Caravan";

    @Override
    public Result on(Scratch scratch) throws SQLException {
        Feed feed = scratch.table("turns", f -> {});
        FileEntry file = scratch.file("1,a\n2,b\n");
        return scratch.isDataApi() ? atOnce(scratch, feed, file) : held(scratch, feed, file);
    }

    private static Result held(Scratch scratch, Feed feed, FileEntry file) throws SQLException {
        String id = scratch.batch();
        List<CompletableFuture<Attempt>> second = new ArrayList<>();
        boolean[] waited = {false};
        Attempt first = scratch.load(
                feed,
                id,
                () -> {
                    second.add(started(scratch, feed, id, file));
                    waited[0] = outcome(second.get(0), HELD).isEmpty();
                },
                file);
        if (second.isEmpty()) {
            return new Differs("the first load failed: " + first.inWords(), "nothing can be loaded into this cluster");
        }
        List<Attempt> outcome = outcome(second.get(0), PATIENCE);
        if (outcome.isEmpty()) {
            return new Differs(
                    "the second load still waits " + PATIENCE.toSeconds() + " s after the first was committed",
                    "loads of one table would wait for ever");
        }
        return judged(
                scratch,
                feed,
                List.of(first, outcome.get(0)),
                waited[0]
                        ? "the second waited until the first was committed, then said: "
                        : "the second did not wait while the first was open for " + HELD.toSeconds() + " s, and said: ",
                waited[0]);
    }

    /** Each call of the Data API is committed when it returns: none can be held open. */
    private static Result atOnce(Scratch scratch, Feed feed, FileEntry file) throws SQLException {
        Result result = new Proven("");
        for (int round = 0; round < ROUNDS && result instanceof Proven; round++) {
            scratch.database().run("DELETE FROM " + scratch.name("turns"));
            String id = scratch.batch();
            List<CompletableFuture<Attempt>> both =
                    List.of(started(scratch, feed, id, file), started(scratch, feed, id, file));
            List<Attempt> outcomes = new ArrayList<>();
            for (CompletableFuture<Attempt> one : both) {
                outcomes.addAll(outcome(one, PATIENCE));
            }
            outcomes.sort((a, b) -> Boolean.compare(b.isLoaded(), a.isLoaded()));
            if (outcomes.size() < 2) {
                return new Differs(
                        "one of two loads still waits after " + PATIENCE.toSeconds() + " s",
                        "loads of one table would wait for ever");
            }
            result = judged(
                    scratch,
                    feed,
                    outcomes,
                    "of two calls at once, " + ROUNDS + " times, one loaded and the other said: ",
                    true);
        }
        return result;
    }

    private static Result judged(Scratch scratch, Feed feed, List<Attempt> outcomes, String words, boolean waited)
            throws SQLException {
        List<String> rows = scratch.rows(feed);
        String said = words + outcomes.get(1).inWords();
        if (outcomes.get(0).isLoaded()
                && outcomes.get(1).isAlreadyLoaded()
                && rows.equals(List.of("1,a", "2,b"))
                && waited) {
            return new Proven(said);
        }
        return new Differs(
                "the table has " + rows + "; the first load: " + outcomes.get(0).inWords() + "; " + said,
                rows.size() > 2 || !waited
                        ? DOUBLED
                        : "two instances that load the same batch get in each other's way, without doubling rows");
    }

    private static CompletableFuture<Attempt> started(Scratch scratch, Feed feed, String id, FileEntry file) {
        CompletableFuture<Attempt> attempt = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        attempt.complete(scratch.load(feed, id, file));
                    } catch (SQLException | RuntimeException e) {
                        attempt.completeExceptionally(e);
                    }
                },
                "doctor-second-load");
        thread.setDaemon(true);
        thread.start();
        return attempt;
    }

    /** What became of it; none if it still runs when the time is up. */
    private static List<Attempt> outcome(CompletableFuture<Attempt> load, Duration patience) throws SQLException {
        try {
            return List.of(load.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return List.of();
        } catch (ExecutionException e) {
            throw new SQLException("the second load could not be tried: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", "57014", e);
        }
    }
}
