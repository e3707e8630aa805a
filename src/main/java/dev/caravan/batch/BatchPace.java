package dev.caravan.batch;

import dev.caravan.feed.Quantity;
import dev.caravan.outcome.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What decides how many files make a batch of {@code batchSize: auto} complete: a multiple of the cluster's slices, and so many that what arrives
 * while two COPYs run fits into one batch. So one COPY of a table at a time is enough, with as much time between two as one takes.
 *
 * @param slices of the feed's largest cluster; empty if none says so, as Serverless doesn't
 * @param filesPerSecond how fast files have arrived lately, at all instances together
 * @param copy how long a COPY has taken lately; zero if none was seen
 */
public record BatchPace(OptionalInt slices, double filesPerSecond, Duration copy) {
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
     */
    public static BatchPace of(OptionalInt slices, Collection<Batch> newest, Instant now) {
        List<Batch> batches =
                newest.stream().sorted(Comparator.comparing(Batch::first)).toList();
        double files = 0;
        double seconds = 0;
        double copyMillis = 0;
        double copies = 0;
        for (int i = 0; i < batches.size(); i++) {
            Batch batch = batches.get(i);
            double weight = Math.pow(FADING, batches.size() - 1 - i);
            files += weight * batch.files();
            seconds += weight
                    * (i + 1 < batches.size()
                            ? secondsBetween(batch.first(), batches.get(i + 1).first())
                            : lastSeconds(batch, now));
            OptionalLong millis = copyMillis(batch);
            if (millis.isPresent()) {
                copyMillis += weight * millis.getAsLong();
                copies += weight;
            }
        }
        return new BatchPace(
                slices,
                files / Math.max(seconds, SHORTEST_SECONDS),
                Duration.ofMillis(copies == 0 ? 0 : Math.round(copyMillis / copies)));
    }

    /**
     * How many files make a batch complete: the smallest multiple of the slices that has room.
     *
     * @param most what it may be at most; it is no multiple of the slices only if there are more slices than that
     */
    public int files(int most) {
        int unit = Math.max(1, slices.orElse(SLICES_UNKNOWN));
        double units = Math.ceil(ROOM * filesPerSecond * copy.toMillis() / 1000.0 / unit);
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
                + String.format(
                        Locale.ROOT, filesPerSecond < 10 ? ", %.1f files/s)" : ", %,.0f files/s)", filesPerSecond);
    }

    /** Since it was locked, nothing came to be known: as long as that is shorter than it was open, more files are on their way. */
    private static double lastSeconds(Batch batch, Instant now) {
        Instant locked = batch.locked().orElse(now);
        return Math.max(secondsBetween(batch.first(), locked), secondsBetween(locked, now));
    }

    private static OptionalLong copyMillis(Batch batch) {
        return batch.outcomes().values().stream()
                .filter(Outcome.Loaded.class::isInstance)
                .mapToLong(outcome -> ((Outcome.Loaded) outcome).millis())
                .max();
    }

    private static double secondsBetween(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis()) / 1000.0;
    }
}
