package dev.caravan.cli.install;

import dev.caravan.base.Quantity;
import dev.caravan.cli.queue.QueueDepth;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.FeedPauses.Pause;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.NotLoaded;
import dev.caravan.startup.Installation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Looks every two seconds whether anything is left to do while the routes run, and stops them if not. SQS only knows about how many messages it has, and
 * a batch that goes from one phase to another while the ledger is read may not be seen: three looks in a row have to find nothing.
 */
final class Emptying {
    private static final Logger LOG = LoggerFactory.getLogger(Emptying.class);
    private static final long PAUSE_SECONDS = 2;
    private static final int SURE = 3;

    private final Installation installation;
    private final SqsClient sqs;
    private final Optional<Duration> length;
    private final Instant began = Instant.now();
    private int empty;
    private int nothing;
    private volatile Optional<String> left = Optional.of("it was stopped before everything was loaded");

    Emptying(Installation installation, SqsClient sqs, Optional<Duration> length) {
        this.installation = installation;
        this.sqs = sqs;
        this.length = length;
    }

    void begin(Runnable stop) {
        Optional<Instant> end = length.map(Instant.now()::plus);
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "CaravanEmptying");
            daemon.setDaemon(true);
            return daemon;
        });
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    if (look() || end.map(Instant.now()::isAfter).orElse(false)) {
                        thread.shutdown();
                        stop.run();
                    }
                },
                PAUSE_SECONDS,
                PAUSE_SECONDS,
                TimeUnit.SECONDS);
    }

    /** What was left at the last look, in words. */
    Optional<String> left() {
        return left;
    }

    /** When this run began. */
    Instant began() {
        return began;
    }

    private boolean look() {
        Optional<String> seen;
        try {
            seen = remaining();
        } catch (SdkException | LedgerUnavailable e) {
            LOG.debug("Can't say what is left: {}", e.getMessage());
            seen = Optional.of("it can't be said what is left: " + e.getMessage());
        }
        nothing = seen.isEmpty() ? nothing + 1 : 0;
        boolean sure = nothing >= SURE;
        left = sure
                ? Optional.empty()
                : seen.or(
                        () -> Optional.of("the time was too short to be sure that nothing is left: run it once more"));
        return sure;
    }

    private Optional<String> remaining() {
        QueueDepth queue = QueueDepth.of(
                installation, sqs, "caravan.queue", installation.settings().queue());
        boolean none =
                Long.valueOf(0).equals(queue.waiting()) && Long.valueOf(0).equals(queue.inFlight());
        empty = none ? empty + 1 : 0;
        if (!none) {
            return Optional.of("the queue is not yet empty: " + queue.inWords());
        }
        Set<String> paused =
                installation.pauses().all().stream().map(Pause::feed).collect(Collectors.toSet());
        NotLoaded notLoaded = installation.reader().notLoaded();
        long batches = 0;
        for (String feed : notLoaded.feeds().keySet()) {
            NotLoaded.OfFeed of = notLoaded.of(feed);
            if (!paused.contains(feed)) {
                if (empty >= SURE) {
                    of.open().forEach(this::flush);
                }
                batches += of.open().size() + of.locked() + of.held();
            }
        }
        return batches == 0 && notLoaded.counted()
                ? Optional.empty()
                : Optional.of(Quantity.count(batches, "batch is", "batches are")
                        + " not yet loaded: caravan list batches says what they wait for");
    }

    private void flush(BatchRecord open) {
        try {
            if (open.batch().due().isAfter(Instant.now())) {
                installation.steering().flush(open.batch());
            }
        } catch (Conflict e) {
            LOG.debug("Batch {} was locked meanwhile", open.batch().id());
        }
    }
}
