package dev.caravan.pipeline.s3toredshift;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchLimits;
import dev.caravan.batch.BatchPace;
import dev.caravan.feed.Feed;
import dev.caravan.redshift.admission.ClusterSlices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a feed's batch is complete. For {@code batchSize: auto} that follows the feed's newest batches, which the ledger has of all instances, and the
 * clusters' slices; both are asked in the background, so that no file waits for the answer. Safe for many threads.
 */
public final class AutoBatches {
    private static final Logger LOG = LoggerFactory.getLogger(AutoBatches.class);

    /** While files come the ledger is asked so often, */
    private static final Duration FRESH = Duration.ofSeconds(15);

    /** and after a batch of this instance has ended at most so often. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** While no COPY was seen, so often: batches may be piling up behind the first one. */
    private static final Duration IMPATIENT = Duration.ofSeconds(3);

    /** Loaded batches that are remembered. */
    private static final int FEW = 10;

    private static final BatchPace UNKNOWN = new BatchPace(OptionalInt.empty(), 0, Duration.ZERO, Duration.ZERO);

    private final Function<String, List<Batch>> newest;
    private final Function<String, List<Batch>> loaded;
    private final ClusterSlices slices;
    private final Executor executor;
    private final Clock clock;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    private static final class Look {
        private volatile BatchPace pace = UNKNOWN;
        private volatile boolean stale;
        private final Deque<Batch> loaded = new ArrayDeque<>();
        private Instant at = Instant.MIN;
        private boolean running;

        synchronized boolean begin(Instant now) {
            Duration pause = stale ? PAUSE : pace.copy().isZero() ? IMPATIENT : FRESH;
            if (running || (!at.equals(Instant.MIN) && at.plus(pause).isAfter(now))) {
                return false;
            }
            running = true;
            stale = false;
            at = now;
            return true;
        }

        synchronized void end() {
            running = false;
        }

        synchronized void remember(Batch batch) {
            loaded.addLast(batch);
            if (loaded.size() > FEW) {
                loaded.removeFirst();
            }
        }

        synchronized List<Batch> remembered() {
            return List.copyOf(loaded);
        }
    }

    /**
     * @param newest a feed's newest batches that are no longer open
     * @param loaded a feed's newest batches that are loaded: asked where none of the newest is, and this instance has loaded none
     * @param executor where all are asked
     */
    public AutoBatches(
            Function<String, List<Batch>> newest,
            Function<String, List<Batch>> loaded,
            ClusterSlices slices,
            Executor executor,
            Clock clock) {
        this.newest = newest;
        this.loaded = loaded;
        this.slices = slices;
        this.executor = executor;
        this.clock = clock;
    }

    /** When a batch is complete that a file joins now. A file is to ask once: the next answer may be another. */
    public BatchLimits limits(Feed feed) {
        return new BatchLimits(files(feed), feed.batchBytes(), feed.batchTimeout());
    }

    /** How many files make a batch complete now. */
    public int files(Feed feed) {
        return feed.isBatchSizeAuto() ? pace(feed).files(feed.batchSize()) : feed.batchSize();
    }

    /** For a person: the number of files, or {@code auto} with what it is now and why. */
    public String inWords(Feed feed) {
        return feed.isBatchSizeAuto() ? pace(feed).inWords(feed.batchSize()) : Integer.toString(feed.batchSize());
    }

    /** A feed's pace as it was last seen; of a feed that nobody has asked about before, not known yet unless the executor has run at once. */
    public BatchPace pace(Feed feed) {
        Look look = looks.computeIfAbsent(feed.name(), name -> new Look());
        if (look.begin(clock.instant())) {
            executor.execute(() -> look(feed, look));
        }
        return look.pace;
    }

    /** A batch of this instance has come to its end. */
    public void ended(Batch batch) {
        Look look = looks.get(batch.feed());
        if (look != null) {
            look.remember(batch);
            look.stale = true;
        }
    }

    private void look(Feed feed, Look look) {
        try {
            OptionalInt most = feed.clusters().stream()
                    .map(slices::of)
                    .flatMapToInt(OptionalInt::stream)
                    .max();
            List<Batch> batches = newest.apply(feed.name());
            if (!batches.isEmpty()
                    && look.remembered().isEmpty()
                    && batches.stream().noneMatch(Batch::isLoaded)) {
                loaded.apply(feed.name()).forEach(look::remember);
            }
            look.pace = BatchPace.of(most, batches, look.remembered(), clock.instant());
        } catch (RuntimeException e) {
            LOG.debug("Feed {} keeps its batches' size: {}", feed.name(), e.getMessage());
        } finally {
            look.end();
        }
    }
}
