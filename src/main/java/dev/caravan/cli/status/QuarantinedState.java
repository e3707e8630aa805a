package dev.caravan.cli.status;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.cli.files.QuarantinedFiles;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.notes.QuarantinedBatches;
import dev.caravan.ledger.notes.QuarantinedBatches.Noted;
import dev.caravan.startup.Installation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files that are quarantined: neither reloaded nor overwritten since.
 *
 * @param files how many
 * @param exact whether that is all; else there may be more
 * @param since when the first file came of the oldest batch that they are in; absent if there are none
 * @param feeds those that have some
 */
record QuarantinedState(long files, boolean exact, @Nullable Instant since, List<OfFeed> feeds) {
    /** Of so many batches, the newest, each file is looked at. */
    private static final int MOST = 100;

    /** How many files of a feed. */
    record OfFeed(String feed, long files) {}

    static QuarantinedState of(Installation installation) {
        QuarantinedBatches noted = installation.quarantinedBatches();
        List<Noted> all = noted.all();
        Map<String, Long> feeds = new TreeMap<>();
        Instant since = null;
        for (Noted one : all.subList(0, Math.min(all.size(), MOST))) {
            Optional<Batch> batch = installation.reader().find(one.batch()).map(BatchRecord::batch);
            long files = batch.map(found -> count(installation, found)).orElse(0L);
            if (files > 0) {
                Instant first = batch.orElseThrow().first();
                feeds.merge(batch.orElseThrow().feed(), files, Long::sum);
                since = since == null || first.isBefore(since) ? first : since;
            } else if (batch.filter(found -> found.status() == BatchStatus.LOCKED)
                    .isEmpty()) {
                forget(noted, one);
            }
        }
        return new QuarantinedState(
                feeds.values().stream().mapToLong(Long::longValue).sum(),
                all.size() <= MOST,
                since,
                feeds.entrySet().stream()
                        .map(feed -> new OfFeed(feed.getKey(), feed.getValue()))
                        .toList());
    }

    private static long count(Installation installation, Batch batch) {
        AtomicLong files = new AtomicLong();
        QuarantinedFiles.ofBatch(installation, batch).forEach(file -> files.incrementAndGet());
        return files.get();
    }

    /** So that the next look is shorter; who may only read sees the same. */
    private static void forget(QuarantinedBatches noted, Noted one) {
        try {
            noted.forget(one);
        } catch (LedgerUnavailable e) {
            return;
        }
    }

    /** What there is, and what to do; empty if there is none. */
    String inWords() {
        if (since == null) {
            return "";
        }
        String each = feeds.stream()
                .map(feed -> "feed " + feed.feed() + ": " + feed.files())
                .collect(Collectors.joining(", "));
        return (exact ? "" : "at least ") + Quantity.count(files, "file") + " (" + each + "). caravan list files"
                + " --state quarantined --since " + LocalDate.ofInstant(since, ZoneOffset.UTC)
                + (files == 1 ? " names it" : " names them") + ", caravan describe file says why and what to do";
    }
}
