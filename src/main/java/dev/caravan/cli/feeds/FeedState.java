package dev.caravan.cli.feeds;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.cli.shell.Page;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.NotLoaded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with a feed.
 *
 * @param configured whether it is configured here; one that no longer is may still have batches
 * @param open its open batch; absent if it has none
 * @param oldest when the first file came of the oldest batch that isn't loaded and hasn't failed; absent if there is none
 * @param lagSeconds how long ago that was
 * @param locked batches that are being loaded, or tried again at a time
 * @param held batches that wait for a cluster, or for the end of the feed's pause
 * @param errors batches that have failed
 * @param paused absent if it isn't
 */
public record FeedState(
        String feed,
        boolean configured,
        @Nullable Open open,
        @Nullable Instant oldest,
        @Nullable Long lagSeconds,
        long locked,
        long held,
        long errors,
        @Nullable Paused paused) {
    public static final List<String> COLUMNS = List.of("FEED", "OPEN", "DUE", "LAG", "LOCKED", "HELD", "ERROR", "NOTE");
    private static final String NONE = "-";

    /** The files that are in a feed's open batch; of several, one for each key, in all of them. */
    record Open(long files, long bytes, Instant first, Instant due) {
        static Optional<Open> of(List<BatchRecord> records) {
            List<Batch> batches = records.stream().map(BatchRecord::batch).toList();
            return batches.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Open(
                            batches.stream().mapToLong(Batch::files).sum(),
                            batches.stream().mapToLong(Batch::bytes).sum(),
                            earliest(batches.stream().map(Batch::first).toList()),
                            earliest(batches.stream().map(Batch::due).toList())));
        }

        private static Instant earliest(List<Instant> times) {
            return times.stream().min(Comparator.naturalOrder()).orElseThrow();
        }
    }

    /** A pause; {@code reason} may be empty. */
    public record Paused(Instant since, String reason) {
        public static Optional<Paused> of(String feed, List<FeedPauses.Pause> pauses) {
            return pauses.stream()
                    .filter(pause -> pause.feed().equals(feed))
                    .findFirst()
                    .map(pause -> new Paused(pause.since(), pause.reason()));
        }

        String inWords() {
            return "since " + Page.time(since) + (reason.isEmpty() ? "" : ": " + reason);
        }
    }

    static FeedState of(
            String feed, boolean configured, NotLoaded.OfFeed notLoaded, Optional<Paused> paused, Instant now) {
        Optional<Instant> oldest =
                notLoaded.oldest().map(record -> record.batch().first());
        return new FeedState(
                feed,
                configured,
                Open.of(notLoaded.open()).orElse(null),
                oldest.orElse(null),
                oldest.map(first -> Math.max(0, Duration.between(first, now).toSeconds()))
                        .orElse(null),
                notLoaded.locked(),
                notLoaded.held(),
                notLoaded.errors(),
                paused.orElse(null));
    }

    /** A text for each of the {@link #COLUMNS}. */
    public List<String> row(Instant now) {
        return List.of(
                feed,
                openInWords(),
                due(now),
                lag(now),
                Long.toString(locked),
                Long.toString(held),
                Long.toString(errors),
                note());
    }

    /** {@code 3 files, 1.4 MB}. */
    String openInWords() {
        return open == null ? NONE : Quantity.count(open.files(), "file") + ", " + Quantity.inBytes(open.bytes());
    }

    /** {@code in 2 min}, {@code now}, or none. */
    String due(Instant now) {
        if (open == null) {
            return NONE;
        }
        return open.due().isAfter(now) ? "in " + Page.age(now, open.due()) : "now";
    }

    /** {@code 5 min 3 s}, or none. */
    String lag(Instant now) {
        return oldest == null ? NONE : Page.age(oldest, now);
    }

    /** What else a person should know. */
    String note() {
        List<String> notes = new ArrayList<>();
        notes.add(paused == null ? "" : "paused " + paused.inWords());
        notes.add(configured ? "" : "not configured any more");
        return Page.joined(notes);
    }
}
