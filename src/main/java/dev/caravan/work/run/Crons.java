package dev.caravan.work.run;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** Times that a cron says. */
public final class Crons {
    private Crons() {}

    /** @param valid a cron, seconds first */
    public static CronExpression of(String valid, ZoneId zone) {
        try {
            CronExpression cron = new CronExpression(valid);
            cron.setTimeZone(TimeZone.getTimeZone(zone));
            return cron;
        } catch (ParseException e) {
            throw new IllegalArgumentException(valid + " is no cron", e);
        }
    }

    /** The first time after another; empty if there is none any more. */
    public static Optional<Instant> after(CronExpression cron, Instant time) {
        return Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(time))).map(Date::toInstant);
    }

    /** The last time from one, exclusive, to another, inclusive; empty if there is none. */
    public static Optional<Instant> last(CronExpression cron, Instant from, Instant to) {
        Optional<Instant> found = Optional.empty();
        Optional<Instant> next = after(cron, from);
        // What was missed for long is found in steps that double: a cron of each second has many times a day.
        while (next.isPresent() && !next.get().isAfter(to)) {
            found = next;
            Instant half = next.get()
                    .plusMillis(Math.max(0, (to.toEpochMilli() - next.get().toEpochMilli()) / 2));
            Optional<Instant> far = after(cron, half);
            next = far.isPresent() && !far.get().isAfter(to) ? far : after(cron, next.get());
        }
        return found;
    }
}
