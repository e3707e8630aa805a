package dev.caravan.batch;

import dev.caravan.base.Quantity;
import dev.caravan.outcome.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What decides how many files make a batch of {@code batchSize: auto} complete: a multiple of the cluster's slices, and so many that what arrives
 * while two COPYs run fits into one batch. So one COPY of a table at a time is enough, with as much time between two as one takes. Where batches
 * wait, one that is complete sooner than its turn comes would only wait with them: it holds what arrives until then.
 *
 * @param slices of the feed's largest cluster; empty if none says so, as Serverless doesn't
 * @param filesPerSecond how fast files have arrived lately, at all instances together
 * @param copy how long a COPY has taken lately; zero if none was seen
 * @param turn how long a batch that is complete now will wait for its turn, at least
 */
public record BatchPace(OptionalInt slices, double filesPerSecond, Duration copy, Duration turn) {
    /** Taken for slices that nobody knows. */
    public static final int SLICES_UNKNOWN = 32;

    /** COPYs' times of arrival that one batch holds. */
    private static final int ROOM = 2;

    /** What a batch counts for, compared with the next one: five batches later four fifths are forgotten. */
    private static final double FADING = 0.7;

    /** Of a burst that is shorter nobody knows how fast it was. */
    private static final double SHORTEST_SECONDS = 1;

    /**
     * The pace of a feed.
     *
     * @param newest its newest batches that are no longer open, in any order
     * @param loaded batches that were loaded lately, which need not be among the newest
     */
    public static BatchPace of(OptionalInt slices, Collection<Batch> newest, Collection<Batch> loaded, Instant now) {
        List<Batch> batches =
                newest.stream().sorted(Comparator.comparing(Batch::first)).toList();
        double files = 0;
        double seconds = 0;
        double weights = 0;
        for (int i = 0; i < batches.size(); i++) {
            Batch batch = batches.get(i);
            double weight = Math.pow(FADING, batches.size() - 1 - i);
            weights += weight;
            files += weight * batch.files();
            seconds += weight
                    * (i + 1 < batches.size()
                            ? secondsBetween(batch.first(), batches.get(i + 1).first())
                            : lastSeconds(batch, now));
        }
        double shortest = SHORTEST_SECONDS * weights / Math.max(1, batches.size());
        Duration copy = copy(Stream.concat(batches.stream(), loaded.stream()));
        double rate = batches.isEmpty() ? 0 : files / Math.max(seconds, shortest);
        return new BatchPace(slices, rate, copy, turn(batches, copy, now));
    }

    /** What COPYs have taken lately, whichever batches they were of. */
    private static Duration copy(Stream<Batch> batches) {
        List<Outcome.Loaded> copies =
                batches.collect(Collectors.toMap(Batch::id, BatchPace::slowest, (one, same) -> one)).values().stream()
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparing(Outcome.Loaded::at))
                        .toList();
        double millis = 0;
        double weights = 0;
        for (int i = 0; i < copies.size(); i++) {
            double weight = Math.pow(FADING, copies.size() - 1 - i);
            millis += weight * copies.get(i).millis();
            weights += weight;
        }
        return Duration.ofMillis(weights == 0 ? 0 : Math.round(millis / weights));
    }

    /** Each of those that wait takes a COPY; if none was ever seen, it takes at least as long as the oldest has waited. */
    private static Duration turn(List<Batch> oldestFirst, Duration copy, Instant now) {
        List<Batch> waiting = oldestFirst.stream()
                .filter(batch ->
                        batch.status() == BatchStatus.LOCKED && slowest(batch).isEmpty())
                .toList();
        if (waiting.isEmpty()) {
            return Duration.ZERO;
        }
        Instant since = waiting.get(0).locked().orElse(now);
        return copy.isZero()
                ? Duration.ofMillis(Math.round(1000 * secondsBetween(since, now)))
                : copy.multipliedBy(waiting.size());
    }

    /**
     * How many files make a batch complete: the smallest multiple of the slices that has room.
     *
     * @param most what it may be at most; it is no multiple of the slices only if there are more slices than that
     */
    public int files(int most) {
        int unit = Math.max(1, slices.orElse(SLICES_UNKNOWN));
        long millis = Math.max(ROOM * copy.toMillis(), turn.toMillis());
        double units = Math.ceil(filesPerSecond * millis / 1000.0 / unit);
        double bounded = Math.max(1, Math.min(units, Math.floorDiv(most, unit)));
        return (int) Math.min(most, bounded * unit);
    }

    /** For a person: {@code auto (currently 96: 32 slices, COPY takes 4 s, 12 files/s)}. */
    public String inWords(int most) {
        return "auto (currently " + files(most) + ": "
                + (slices.isPresent()
                        ? Quantity.count(slices.getAsInt(), "slice")
                        : "slices unknown, taken as " + SLICES_UNKNOWN)
                + (copy.isZero() ? ", no COPY seen yet" : ", COPY takes " + Quantity.inWords(copy))
                + (turn.compareTo(copy.multipliedBy(ROOM)) > 0 && !copy.isZero()
                        ? ", " + Quantity.count(turn.dividedBy(copy), "batch waits", "batches wait")
                        : "")
                + String.format(
                        Locale.ROOT, filesPerSecond < 10 ? ", %.1f files/s)" : ", %,.0f files/s)", filesPerSecond);
    }

    /** Since it was locked, nothing came to be known: as long as that is shorter than it was open, more files are on their way. */
    private static double lastSeconds(Batch batch, Instant now) {
        Instant locked = batch.locked().orElse(now);
        return Math.max(secondsBetween(batch.first(), locked), secondsBetween(locked, now));
    }

    private static Optional<Outcome.Loaded> slowest(Batch batch) {
        return batch.outcomes().values().stream()
                .flatMap(outcome -> outcome instanceof Outcome.Loaded loaded ? Stream.of(loaded) : Stream.empty())
                .max(Comparator.comparing(Outcome.Loaded::millis));
    }

    private static double secondsBetween(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis()) / 1000.0;
    }
}
