package dev.caravan.pipeline.tabletoredshift.watermark;

import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Which rows a run reads, and how far the table has come with them.
 *
 * <p>Values of a column with a zone are compared in UTC. Those of others are what a clock on a wall showed: the source server's, or one of a given zone.
 * {@code TimeColumn.offset} says by which offset a bound becomes such a value.
 *
 * <p>{@code high} never moves back. It stays where it is if the source's safe bound is before it: a server with another clock has taken over, a replica has
 * stopped, or sessions are seen that weren't before. Nothing is lost by that, for rows are read from where {@code high} stays.
 *
 * @param condition in the source's SQL; empty for all rows
 * @param high to be stored when the rows are loaded
 */
public record Increment(String condition, Watermark high) {
    /**
     * Rows that replace those of the same key. There is no upper bound: what is read twice is merged twice. Rows of which nobody knows when they were
     * written, for the column is NULL or a zero date, are read each time.
     *
     * @param zone of a column without one; empty for the server's
     * @param low empty for the first run, which reads all
     * @param overlap how much is read again, for rows whose time isn't by the source's clock but an application's
     */
    public static Increment merged(
            SourceKind kind,
            SourceColumn column,
            Optional<ZoneId> zone,
            Optional<Watermark> low,
            Horizon horizon,
            Duration overlap) {
        TimeColumn time = new TimeColumn(kind, column);
        if (low.isEmpty()) {
            return new Increment("", new Watermark(horizon.safe(), time.offset(zone, horizon.safe(), horizon)));
        }
        Watermark before = low.get();
        Instant from = back(before.high(), overlap);
        boolean isBack = horizon.safe().isBefore(before.high());
        int offset = Math.min(before.offsetSeconds(), time.offset(zone, from, horizon));
        String condition = time.from(new Watermark(from, offset)) + time.unknown();
        return new Increment(
                condition, isBack ? before : new Watermark(horizon.safe(), time.offset(zone, horizon.safe(), horizon)));
    }

    /**
     * Rows that are only added, and each read by exactly one run: from the value on at which the run before ended, and up to before the one that is safe. A
     * row that is exactly at the bound belongs to the next run, for others may still come there.
     *
     * @param zone of a column without one; empty for the server's
     * @param low empty for the first run
     * @param heldBack how much longer rows wait until they are read, for times that aren't by the source's clock but an application's
     */
    public static Increment appended(
            SourceKind kind,
            SourceColumn column,
            Optional<ZoneId> zone,
            Optional<Watermark> low,
            Horizon horizon,
            Duration heldBack) {
        TimeColumn time = new TimeColumn(kind, column);
        Instant to = back(horizon.safe(), heldBack);
        Watermark high = new Watermark(to, time.offset(zone, to, horizon));
        if (low.isEmpty()) {
            return new Increment(time.before(high), high);
        }
        if (time.isNotAfter(high, low.get())) {
            return new Increment("1 = 0", low.get());
        }
        return new Increment(time.from(low.get()) + " AND " + time.before(high), high);
    }

    /** To a whole second, as all bounds are: a time may be written without its fraction. */
    private static Instant back(Instant from, Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("an overlap goes back, and is not " + by);
        }
        return from.minus(by).truncatedTo(ChronoUnit.SECONDS);
    }
}
