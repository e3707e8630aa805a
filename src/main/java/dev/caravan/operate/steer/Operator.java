package dev.caravan.operate.steer;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.BatchSteering;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.read.LedgerReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person does to a batch or a feed in one step; each method returns what has happened, in words. */
public final class Operator {
    private final LedgerReader reader;
    private final BatchSteering steering;
    private final FeedPauses pauses;
    private final Clock clock;

    public Operator(LedgerReader reader, BatchSteering steering, FeedPauses pauses, Clock clock) {
        this.reader = reader;
        this.steering = steering;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Frees a locked batch. */
    public String unlock(BatchRecord record) throws Refused {
        Batch batch = record.batch();
        if (batch.status() != BatchStatus.LOCKED) {
            throw new Refused(
                    "batch " + batch.id() + " is " + batch.status().word() + ", not locked: nothing to unlock");
        }
        try {
            steering.unlock(batch.id());
        } catch (Conflict e) {
            throw new Refused("batch " + batch.id() + " has ended meanwhile: nothing to unlock");
        }
        return "batch " + batch.id() + " is free: a running instance takes it up now";
    }

    /** Makes a feed's open batches due: a line for each. */
    public List<String> flush(String feed) {
        List<String> lines = new ArrayList<>();
        for (BatchRecord open : reader.open(feed)) {
            lines.add(flush(open.batch()));
        }
        return lines.isEmpty() ? List.of("feed " + feed + " has no open batch: no file of it waits") : lines;
    }

    private String flush(Batch batch) {
        try {
            Batch flushed = steering.flush(batch);
            return "batch " + batch.id() + " (" + Quantity.count(flushed.files(), "file") + ", "
                    + Quantity.inBytes(flushed.bytes()) + ") is due now: a running instance loads it";
        } catch (Conflict e) {
            return "batch " + batch.id() + " was locked meanwhile: it is being loaded";
        }
    }

    /** Pauses a feed, unless it is paused: then its reason stays. */
    public String pause(String feed, String reason) {
        Optional<FeedPauses.Pause> before =
                pauses.all().stream().filter(pause -> pause.feed().equals(feed)).findFirst();
        return before.isPresent()
                ? "feed " + feed + " is paused already, " + since(before.get())
                : "feed " + feed + " is paused " + since(pauses.pause(feed, reason))
                        + ": its files are recorded, nothing of it is loaded until caravan resume feed " + feed;
    }

    /** Ends a feed's pause; empty if it has none. */
    public Optional<String> resume(String feed) {
        return pauses.resume(feed)
                .map(ended -> "feed " + feed + " is resumed after "
                        + Quantity.inWords(Duration.between(ended.since(), clock.instant()))
                        + ": running instances load what has waited, oldest first");
    }

    /** {@code since 2026-11-21T09:00:00.123Z (why)}. */
    public static String since(FeedPauses.Pause pause) {
        return "since " + pause.since() + (pause.reason().isEmpty() ? "" : " (" + pause.reason() + ")");
    }
}
