package dev.caravan.redshift.admission;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.Optional;
import org.quartz.CronExpression;

/**
 * One planned window, again and again. Its beginnings are times of the zone's clock: one that the clock skips (2:30, when it goes
 * from 2 to 3) counts as much later as the clock skips, and one that it shows twice counts the first time. Its length is real time.
 *
 * @param clockTimes the beginnings, as if the zone's clock were UTC's: Quartz itself leaves out what is skipped, and for what is
 *     shown twice its answer depends on where one begins to ask
 * @param length longer than nothing
 */
record NoLoadWindow(CronExpression clockTimes, Duration length, ZoneId zone) {
    /** Longer than any change of a clock: Samoa once skipped a day. */
    private static final Duration LONGEST_CHANGE = Duration.ofHours(25);

    /** When the last window ends that has begun by then and hasn't ended; a window has ended at the very moment of its end. */
    Optional<Instant> endAt(Instant then) {
        return lastBeginning(then.minus(length), then).map(begin -> begin.plus(length));
    }

    /** The first beginning after a moment; empty if there never is one. */
    Optional<Instant> firstBeginning(Instant after) {
        return nextClockTime(LocalDateTime.ofInstant(after, zone)).map(this::instant);
    }

    /** The last beginning that is later than {@code after} and not later than {@code until}. */
    private Optional<Instant> lastBeginning(Instant after, Instant until) {
        ZoneOffset least = zone.getRules().getOffset(after);
        ZoneOffset most = zone.getRules().getOffset(until);
        ZoneOffsetTransition change = zone.getRules().nextTransition(after.minus(LONGEST_CHANGE));
        while (change != null && !change.getInstant().isAfter(until)) {
            least = westernmost(westernmost(least, change.getOffsetBefore()), change.getOffsetAfter());
            most = easternmost(easternmost(most, change.getOffsetBefore()), change.getOffsetAfter());
            change = zone.getRules().nextTransition(change.getInstant());
        }
        LocalDateTime to = LocalDateTime.ofInstant(until, most);
        Optional<LocalDateTime> clock = nextClockTime(LocalDateTime.ofInstant(after, least));
        Optional<Instant> last = Optional.empty();
        while (clock.isPresent() && !clock.get().isAfter(to)) {
            Instant begin = instant(clock.get());
            if (begin.isAfter(last.orElse(after)) && !begin.isAfter(until)) {
                last = Optional.of(begin);
            }
            clock = nextClockTime(clock.get());
        }
        return last;
    }

    private Optional<LocalDateTime> nextClockTime(LocalDateTime after) {
        Date next = clockTimes.getNextValidTimeAfter(Date.from(after.toInstant(ZoneOffset.UTC)));
        return next == null ? Optional.empty() : Optional.of(LocalDateTime.ofInstant(next.toInstant(), ZoneOffset.UTC));
    }

    private Instant instant(LocalDateTime clockTime) {
        return clockTime.atZone(zone).toInstant();
    }

    private static ZoneOffset westernmost(ZoneOffset a, ZoneOffset b) {
        return a.getTotalSeconds() < b.getTotalSeconds() ? a : b;
    }

    private static ZoneOffset easternmost(ZoneOffset a, ZoneOffset b) {
        return a.getTotalSeconds() > b.getTotalSeconds() ? a : b;
    }
}
