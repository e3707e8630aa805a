package dev.caravan.work.run;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.Runs;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which of them are due. Each one's next time is kept in memory, so that a thousand of them cost nothing while none is; the ledger is asked when one comes, for
 * another instance may have begun that run. What was missed, because nothing ran or the run before wasn't over, is caught up by one run.
 */
public final class RunSchedule<T extends Scheduled> {
    private final Runs runs;
    private final Clock clock;
    private final Instant started;
    private final Map<String, Next> next = new ConcurrentHashMap<>();

    public RunSchedule(Runs runs, Clock clock) {
        this.runs = runs;
        this.clock = clock;
        started = clock.instant();
    }

    /**
     * A run that is due.
     *
     * @param full whether it takes everything
     */
    public record Due<T extends Scheduled>(T of, Instant planned, boolean full) {}

    /** When something is due next, by its crons as they were then. */
    private record Next(List<String> crons, Optional<Instant> time) {}

    public List<Due<T>> due(Collection<T> all) {
        Instant now = clock.instant();
        List<Due<T>> due = new ArrayList<>();
        for (T one : all) {
            Next known = next.compute(
                    one.name(),
                    (name, old) ->
                            old != null && old.crons().equals(crons(one)) ? old : new Next(crons(one), first(one)));
            if (known.time().filter(time -> !time.isAfter(now)).isPresent()) {
                latest(one, now).ifPresent(due::add);
            }
        }
        return due;
    }

    /** A run of this time has begun, or was there: the next one is after it. */
    public void begun(Due<T> due) {
        next.put(due.of().name(), new Next(crons(due.of()), after(due.of(), due.planned())));
    }

    /** When it runs next; empty if never. */
    public static Optional<Instant> after(Scheduled one, Instant time) {
        return Stream.of(one.schedule(), one.fullEvery())
                .flatMap(Optional::stream)
                .map(cron -> Crons.after(cron, time))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    private Optional<Instant> first(T one) {
        return crons(one).isEmpty() ? Optional.empty() : after(one, since(one));
    }

    /** The last run's time, be it planned or by hand; of what never ran, when this instance has started. */
    private Instant since(T one) {
        return runs.newest(one.name(), 1).stream().map(Run::planned).findFirst().orElse(started);
    }

    private Optional<Due<T>> latest(T one, Instant now) {
        Instant since = since(one);
        Optional<Instant> full = one.fullEvery().flatMap(cron -> Crons.last(cron, since, now));
        Optional<Instant> usual = one.schedule().flatMap(cron -> Crons.last(cron, since, now));
        Optional<Instant> latest =
                Stream.of(full, usual).flatMap(Optional::stream).max(Instant::compareTo);
        if (latest.isEmpty()) {
            next.put(one.name(), new Next(crons(one), after(one, since)));
        }
        return latest.map(time -> new Due<>(one, time, full.isPresent()));
    }

    private static List<String> crons(Scheduled one) {
        return Stream.of(one.schedule(), one.fullEvery())
                .flatMap(Optional::stream)
                .map(cron -> cron.getCronExpression() + " " + cron.getTimeZone().getID())
                .toList();
    }
}
