package dev.caravan.operate.jmx;

import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.ClusterHolds.Hold;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.NotLoaded;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.ledger.read.Waits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the MBeans tell, asked of the ledger only when somebody looks, and at most every few seconds, however many look. */
final class LedgerView {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int LOOKED_AT = 20;

    private final LedgerReader reader;
    private final FeedPauses pauses;
    private final Supplier<List<Hold>> holds;
    private final Function<Instant, Optional<Instant>> windows;
    private final Clock clock;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(Instant at, Object value) {}

    LedgerView(
            LedgerReader reader,
            FeedPauses pauses,
            Supplier<List<Hold>> holds,
            Function<Instant, Optional<Instant>> windows,
            Clock clock) {
        this.reader = reader;
        this.pauses = pauses;
        this.holds = holds;
        this.windows = windows;
        this.clock = clock;
    }

    NotLoaded.OfFeed notLoaded(String feed) {
        return this.<NotLoaded>fresh("notLoaded", reader::notLoaded).of(feed);
    }

    Optional<FeedPauses.Pause> pause(String feed) {
        return this.<List<FeedPauses.Pause>>fresh("pauses", pauses::all).stream()
                .filter(pause -> pause.feed().equals(feed))
                .findFirst();
    }

    /** Since when a feed or sync is paused, and why; empty if it isn't. */
    String pauseInWords(String name) {
        return pause(name)
                .map(pause -> "since " + pause.since() + (pause.reason().isEmpty() ? "" : ": " + pause.reason()))
                .orElse("");
    }

    /** A feed's newest batches that are no longer open. */
    List<BatchRecord> newest(String feed) {
        return fresh("newest " + feed, () -> reader.newest(feed, Instant.MAX, LOOKED_AT));
    }

    /**
     * Batches and what they wait for.
     *
     * @param records newest first
     */
    record Listed(List<BatchRecord> records, Waits waits) {}

    /** The newest batches of all feeds. */
    Listed newest() {
        return fresh("newest", () -> listed(BatchFilter.all()));
    }

    /** The newest batches that have failed. */
    Listed failed() {
        return fresh("failed", () -> listed(BatchFilter.all().with(Set.of(BatchStatus.ERROR))));
    }

    private Listed listed(BatchFilter filter) {
        List<BatchRecord> records = reader.list(filter, LOOKED_AT);
        return new Listed(records, Waits.of(records, holds, pauses, windows.apply(clock.instant())));
    }

    Instant now() {
        return clock.instant();
    }

    /** Somebody has changed something, and wants to see it. */
    void forget() {
        answers.clear();
    }

    /** An answer that is a few seconds old at the most. */
    @SuppressWarnings("unchecked") // each question has answers of one type
    <T> T fresh(String question, Supplier<T> ask) {
        return (T) answers.compute(question, (q, answer) -> {
                    Instant now = clock.instant();
                    return answer != null && answer.at().plus(FRESH).isAfter(now) ? answer : new Answer(now, ask.get());
                })
                .value();
    }
}
