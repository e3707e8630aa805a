package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.pipeline.tabletoredshift.sync.Crons;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
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
 * Which syncs are due. Each one's next time is kept in memory, so that a thousand of them cost nothing while none is; the ledger is asked when one comes, for
 * another instance may have begun that run. What was missed, because nothing ran or the run before wasn't over, is caught up by one run.
 */
final class SyncSchedule {
    private final Runs runs;
    private final Clock clock;
    private final Instant started;
    private final Map<String, Next> next = new ConcurrentHashMap<>();

    SyncSchedule(Runs runs, Clock clock) {
        this.runs = runs;
        this.clock = clock;
        started = clock.instant();
    }

    /** A run that is due. */
    record Due(TableSync sync, Instant planned, boolean full) {}

    /** When a sync is due next, by its crons as they were then. */
    private record Next(List<String> crons, Optional<Instant> time) {}

    List<Due> due(Collection<TableSync> syncs) {
        Instant now = clock.instant();
        List<Due> due = new ArrayList<>();
        for (TableSync sync : syncs) {
            Next known = next.compute(
                    sync.name(),
                    (name, old) ->
                            old != null && old.crons().equals(crons(sync)) ? old : new Next(crons(sync), first(sync)));
            if (known.time().filter(time -> !time.isAfter(now)).isPresent()) {
                latest(sync, now).ifPresent(due::add);
            }
        }
        return due;
    }

    /** A run of this time has begun, or was there: the next one is after it. */
    void begun(Due due) {
        next.put(due.sync().name(), new Next(crons(due.sync()), after(due.sync(), due.planned())));
    }

    /** When it runs next; empty if never. */
    static Optional<Instant> after(TableSync sync, Instant time) {
        return Stream.of(sync.schedule(), sync.fullEvery())
                .flatMap(Optional::stream)
                .map(cron -> Crons.after(cron, time))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    private Optional<Instant> first(TableSync sync) {
        return crons(sync).isEmpty() ? Optional.empty() : after(sync, since(sync));
    }

    /** The last run's time, be it planned or by hand; of a sync that never ran, when this instance has started. */
    private Instant since(TableSync sync) {
        return runs.newest(sync.name(), 1).stream()
                .map(Run::planned)
                .findFirst()
                .orElse(started);
    }

    private Optional<Due> latest(TableSync sync, Instant now) {
        Instant since = since(sync);
        Optional<Instant> full = sync.fullEvery().flatMap(cron -> Crons.last(cron, since, now));
        Optional<Instant> usual = sync.schedule().flatMap(cron -> Crons.last(cron, since, now));
        Optional<Instant> latest =
                Stream.of(full, usual).flatMap(Optional::stream).max(Instant::compareTo);
        if (latest.isEmpty()) {
            next.put(sync.name(), new Next(crons(sync), after(sync, since)));
        }
        return latest.map(time -> new Due(sync, time, full.isPresent()));
    }

    private static List<String> crons(TableSync sync) {
        return Stream.of(sync.schedule(), sync.fullEvery())
                .flatMap(Optional::stream)
                .map(cron -> cron.getCronExpression() + " " + cron.getTimeZone().getID())
                .toList();
    }
}
