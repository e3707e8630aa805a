package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.chaos.check.LedgerBatch;
import dev.caravan.sandbox.chaos.check.LedgerSnapshot;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a run, left in peace, has come to its end, or won't any more. */
final class Settling {
    /** A connection whose other side is gone is found out within three minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** @param batches without their times: a lease that is renewed for ever is no progress */
    private record State(List<String> batches, int files, int events) {}

    private final Clock clock;
    private final Set<String> expected;
    private final Instant began;
    private State last = new State(List.of(), 0, 0);
    private Instant changed;

    /** @param files that must get to the ledger */
    Settling(Clock clock, List<PlannedFile> files, String bucket) {
        this.clock = clock;
        expected = files.stream().map(file -> file.url(bucket)).collect(Collectors.toSet());
        began = clock.instant();
        changed = began;
    }

    /** All files are in batches that have ended, and no event is left. */
    boolean isOver(LedgerSnapshot ledger, int events) {
        return events == 0 && ledger.live().isEmpty() && ledger.files().keySet().containsAll(expected);
    }

    /** Nothing has changed for long, or it takes too long. A batch that is postponed, as the ledger says until when, isn't given up before. */
    boolean isHopeless(LedgerSnapshot ledger, int events) {
        Instant now = clock.instant();
        State state = new State(
                ledger.batches().stream().map(LedgerBatch::toString).toList(),
                ledger.files().size(),
                events);
        if (!state.equals(last) || ledger.live().stream().anyMatch(batch -> batch.isPostponed(now))) {
            last = state;
            changed = now;
        }
        return now.isAfter(changed.plus(PATIENCE)) || now.isAfter(began.plus(LONGEST));
    }
}
