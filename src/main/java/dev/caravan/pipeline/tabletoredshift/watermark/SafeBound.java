package dev.caravan.pipeline.tabletoredshift.watermark;

import dev.caravan.base.Quantity;
import dev.caravan.base.Shown;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The earliest of all that was found, and what is to be said of it. */
final class SafeBound {
    private static final Duration LONG = Duration.ofMinutes(15);

    private final Instant moment;
    private final Duration slack;
    private final List<String> warnings = new ArrayList<>();
    private Instant earliest;
    private String holder = "";

    SafeBound(Instant moment, Duration slack) {
        this.moment = moment;
        this.slack = slack;
        earliest = moment;
    }

    /** Something is open since then. */
    void open(Instant since, String who) {
        if (since.isBefore(earliest)) {
            earliest = since;
            holder = who;
        }
    }

    /** Nothing is known of what came later. */
    void knownUntil(Instant until) {
        open(until, "");
    }

    /** All that came is as old as that. */
    void behind(Duration lag) {
        knownUntil(moment.minus(lag));
    }

    void warn(String warning) {
        warnings.add(Shown.line(warning));
    }

    Instant safe() {
        Instant safe = earliest.minus(slack).truncatedTo(ChronoUnit.SECONDS);
        return safe.isBefore(Instant.EPOCH) ? Instant.EPOCH : safe;
    }

    Horizon horizon(int offsetSeconds) {
        Duration age = Duration.between(earliest, moment);
        if (!holder.isEmpty() && age.compareTo(LONG) > 0) {
            warn(holder + " is open for " + Quantity.inWords(age)
                    + ": until it ends, each run reads anew what came since, and rows that are only appended wait. End it"
                    + " if it was forgotten");
        }
        return new Horizon(moment, safe(), offsetSeconds, warnings);
    }
}
