package dev.caravan.ledger;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchLimits;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.BatchStrategy;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.LogContext;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Quantity;
import dev.caravan.health.OutOfMemory;
import dev.caravan.health.Troubles;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.OptimisticLockingAggregationRepository;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Camel's view of the ledger: what the aggregator of route {@code batch} adds to, completes, confirms and recovers. An
 * exchange that stands for a batch has the batch's id as its own, so that the aggregator knows what is in flight here.
 *
 * <p>The aggregator decides <em>that</em> a batch is complete; the ledger decides <em>which</em> files are in it.
 */
public final class DynamoDbAggregationRepository extends AlwaysRecovering
        implements OptimisticLockingAggregationRepository, CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbAggregationRepository.class);
    /** Batches that this instance takes over while it works on others, and those of one feed; the rest is left for later, or for other instances. */
    private static final FairShare SHARE = new FairShare(32, 16);

    /** Batches that are handed over at a time when this instance stops, and for how long that is tried: Kubernetes kills after 30 s in all. */
    private static final int HANDS = 32;

    private static final Duration HAND_OVER = Duration.ofSeconds(6);

    /** Keys whose open batch is kept in mind: a feed's captures may make any number of them. */
    private static final int MOST_KEYS = 10_000;

    private static final String FORCE = "force";
    private static final String TIMEOUT = "timeout";

    /** A timeout completes a batch without a file, so without its feed's limits. */
    private static final BatchLimits NO_MORE = new BatchLimits(0, 0, Duration.ZERO);

    private final Ledger ledger;
    private final Clock clock;
    private final LedgerSettings settings;
    private final Leases leases;
    private final Backlog backlog;
    private final Troubles troubles;
    private final Map<String, OpenBatchWriter> writers = new ConcurrentHashMap<>();
    private final Map<String, Ledger.Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, String> heldFor = new ConcurrentHashMap<>();
    private final Set<String> unconfirmed = ConcurrentHashMap.newKeySet();
    private Consumer<Batch> ended = batch -> {};
    private @Nullable CamelContext camelContext;
    private @Nullable ScheduledExecutorService heartbeat;
    private @Nullable ExecutorService renewals;

    public DynamoDbAggregationRepository(
            Ledger ledger, Backlog backlog, Troubles troubles, Clock clock, LedgerSettings settings) {
        this.ledger = ledger;
        this.backlog = backlog;
        this.troubles = troubles;
        this.clock = clock;
        this.settings = settings;
        this.leases = new Leases(ledger);
    }

    /** Has each batch that this instance brings to its end told to a listener; before the start. */
    public void onEnd(Consumer<Batch> listener) {
        ended = listener;
    }

    /** Has a batch left to whoever takes it up, if there are words why though it seems to be worked on; before the start. */
    public void leaveIf(Function<String, Optional<String>> words) {
        leases.unless(words);
    }

    // ---- while a batch is open

    /** Never null: where no batch is open, a fresh one, so that even a batch of one file is stored before it is loaded. */
    @Override
    public Exchange get(CamelContext context, String key) {
        return exchange(context, writer(key).seen());
    }

    @Override
    public @Nullable Exchange add(CamelContext context, String key, Exchange old, Exchange grown) {
        FileEntry file = grown.getProperty(BatchStrategy.JOINING, FileEntry.class);
        String expected = grown.getProperty(BatchStrategy.FEED, Feed.class).key();
        if (!expected.equals(key)) {
            throw new IllegalStateException("route batch must say correlationExpression: {exchangeProperty:"
                    + " batchKey}: it wants to put a file of " + expected + " into a batch of "
                    + key);
        }
        Batch judged = grown.getMessage().getBody(Batch.class);
        decided(writer(key).add(file, limits(grown), judged));
        return null;
    }

    /** Locks the batch, with the file that completed it if there is one; from then on it is this instance's to load. */
    @Override
    public void remove(CamelContext context, String key, Exchange exchange) {
        String completedBy = exchange.getProperty(ExchangePropertyKey.AGGREGATED_COMPLETED_BY, FORCE, String.class);
        Optional<FileEntry> file = Optional.ofNullable(exchange.getProperty(BatchStrategy.JOINING, FileEntry.class));
        Batch judged = exchange.getMessage().getBody(Batch.class);
        Batch locked = decided(writer(key).lock(file, limits(exchange), judged, completedBy));
        exchange.getMessage().setBody(locked);
        exchange.setExchangeId(locked.id());
        begin(exchange);
    }

    private static Batch decided(JoinRequest request) {
        return switch (request.state()) {
            case DONE -> request.batch();
            case KNOWN -> throw new AlreadyInLedger(request.file().orElseThrow());
            case FAILED -> throw request.failure();
            case STALE, WAITING -> throw new OptimisticLockingException();
        };
    }

    private static BatchLimits limits(Exchange exchange) {
        return exchange.getProperty(BatchStrategy.LIMITS, NO_MORE, BatchLimits.class);
    }

    private OpenBatchWriter writer(String key) {
        if (writers.size() >= MOST_KEYS) {
            writers.clear(); // whoever still has one of them is to a new one what another instance is
        }
        return writers.computeIfAbsent(
                key, k -> new OpenBatchWriter(ledger, clock, Feed.named(k), k, settings.owner()));
    }

    // ---- while a batch is loaded

    private void begin(Exchange exchange) {
        String id = exchange.getExchangeId();
        leases.hold(id);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onFailure(Exchange failed) {
                leases.release(id);
            }
        });
    }

    @Override
    public void confirm(CamelContext context, String id) {
        confirmWithResult(context, id);
    }

    /** False if the ledger can't be told now: the aggregator then repeats the confirmation alone, not the load. */
    @Override
    public boolean confirmWithResult(CamelContext context, String id) {
        LogContext names = LogContext.of(id, BatchId.feed(id));
        try {
            return confirmed(id);
        } finally {
            names.close();
        }
    }

    private boolean confirmed(String id) {
        try {
            ledger.confirm(id).ifPresent(batch -> {
                LOG.atLevel(batch.status() == BatchStatus.ERROR ? Level.WARN : Level.INFO)
                        .log(
                                "Batch {} ended {}: {}, {}",
                                id,
                                batch.status().word(),
                                Quantity.count(batch.files(), "file"),
                                Quantity.inBytes(batch.bytes()));
                ended.accept(batch);
            });
        } catch (LeaseLost e) {
            LOG.info("{}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.atLevel(unconfirmed.add(id) ? Level.WARN : Level.DEBUG)
                    .log("Can't note that batch {} has ended, trying again soon: {}", id, e.getMessage());
            return false;
        }
        unconfirmed.remove(id);
        leases.release(id);
        return true;
    }

    // ---- taking over

    /**
     * Batches that want somebody: overdue, postponed until now, left behind, or waiting for what has come; no more than this instance can take
     * up, and each feed's ({@link FairShare}). Never throws: Camel would stop recovering for good.
     */
    @Override
    public Set<String> scan(CamelContext context) {
        Set<String> ids = new LinkedHashSet<>(unconfirmed);
        waiting.clear();
        heldFor.clear();
        if (context.isStopping()) {
            return ids;
        }
        try {
            Map<String, Integer> atWork = leases.byFeed();
            atWork.replaceAll((feed, count) -> Math.max(0, count - backlog.queued(feed)));
            Set<String> candidates = new LinkedHashSet<>();
            for (Ledger.Waiting batch : ledger.waiting(clock.instant())) {
                waiting.put(batch.id(), batch);
                candidates.add(batch.id());
            }
            for (Backlog.Takeable takeable : backlog.takeable()) {
                List<String> held = held(takeable);
                (takeable.probe() ? ids : candidates).addAll(held);
            }
            ids.addAll(SHARE.of(candidates, atWork));
            waiting.keySet().retainAll(ids);
            heldFor.keySet().retainAll(ids);
            troubles.over(Troubles.LEDGER, "batches that wait are taken up again");
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIf(e);
            troubles.begin(Troubles.LEDGER, "can't look for batches that wait: " + e.getMessage());
        }
        return ids;
    }

    /** The oldest of some lists, those apart that are passed over; if no more than those wait, it is their turn again. */
    private List<String> held(Backlog.Takeable takeable) {
        List<Ledger.Held> held = new ArrayList<>();
        for (String list : takeable.lists()) {
            List<Ledger.Held> some = ledger.held(list);
            some.forEach(batch -> heldFor.put(batch.id(), list));
            held.addAll(some);
            if (some.isEmpty()) {
                backlog.nothingWaits(list);
            }
        }
        held.sort(Comparator.comparing(Ledger.Held::since));
        int passedOver = takeable.passedOver();
        int from = held.size() > passedOver ? passedOver : passedOver % Math.max(1, held.size());
        return held.stream()
                .skip(from)
                .limit(takeable.most())
                .map(Ledger.Held::id)
                .toList();
    }

    /** Null if another instance was faster. */
    @Override
    public @Nullable Exchange recover(CamelContext context, String id) {
        LogContext names = LogContext.of(id, BatchId.feed(id));
        try {
            return taken(context, id);
        } finally {
            names.close();
        }
    }

    private @Nullable Exchange taken(CamelContext context, String id) {
        try {
            Optional<Ledger.OpenAt> open = Optional.ofNullable(waiting.get(id)).flatMap(Ledger.Waiting::open);
            if (open.isPresent()) {
                return overdue(open.get(), id)
                        .map(batch -> recovered(context, batch, TIMEOUT))
                        .orElse(null);
            }
            String list = heldFor.get(id);
            if (list != null) {
                return ledger.resume(id, list)
                        .map(batch -> recovered(context, batch, FORCE))
                        .orElse(null);
            }
            Optional<Batch> taken = ledger.takeOver(id);
            taken.ifPresent(batch -> LOG.info("Taking over batch {}, attempt {}", id, batch.attempt()));
            return taken.map(batch -> recovered(context, batch, FORCE)).orElse(null);
        } catch (OptimisticLockingException e) {
            return null;
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIf(e);
            LOG.warn("Can't take over batch {}: {}", id, e.getMessage());
            return null;
        }
    }

    /** Locks an open batch, if it still is open. */
    private Optional<Batch> overdue(Ledger.OpenAt place, String id) {
        OpenBatchWriter writer = writer(place.key());
        if (!writer.addsTo(place.shard())) {
            return abandoned(place, id);
        }
        writer.forget();
        return Optional.of(writer.seen())
                .filter(open -> open.id().equals(id))
                .map(open -> decided(writer.lock(Optional.empty(), NO_MORE, open, TIMEOUT)));
    }

    /** Locks an open batch to which this instance doesn't add. */
    private Optional<Batch> abandoned(Ledger.OpenAt place, String id) {
        Optional<Batch> batch = ledger.open(Feed.named(place.key()), place.key(), place.shard())
                .filter(open -> open.id().equals(id));
        try {
            return batch.isPresent() ? Optional.of(ledger.lock(batch.get(), List.of(), TIMEOUT)) : Optional.empty();
        } catch (Conflict | KnownFiles e) {
            LOG.debug("Batch {} is locked, or added to, by another instance: {}", id, e.getMessage());
            return Optional.empty();
        }
    }

    private Exchange recovered(CamelContext context, Batch batch, String completedBy) {
        Exchange exchange = exchange(context, batch);
        exchange.setProperty(ExchangePropertyKey.AGGREGATED_CORRELATION_KEY, batch.key());
        exchange.setProperty(ExchangePropertyKey.AGGREGATED_COMPLETED_BY, completedBy);
        begin(exchange);
        return exchange;
    }

    private static Exchange exchange(CamelContext context, Batch batch) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setExchangeId(batch.id());
        exchange.setProperty(ExchangePropertyKey.AGGREGATED_SIZE, Math.toIntExact(batch.files()));
        exchange.getMessage().setBody(batch);
        return exchange;
    }

    // ---- Camel's settings

    /** The keys that this instance has to do with. Their timers need no restoring: {@link #scan} finds what is due. */
    @Override
    public Set<String> getKeys() {
        return Set.copyOf(writers.keySet());
    }

    @Override
    public @Nullable Exchange add(CamelContext context, String key, Exchange exchange) {
        throw new UnsupportedOperationException(
                "route batch must say optimisticLocking: true; without it this repository would lock all feeds at once");
    }

    @Override
    protected void doStart() {
        CamelContext context = camelContext;
        if (context != null) {
            ScheduledExecutorService scheduler =
                    context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "CaravanHeartbeat");
            ExecutorService renewals =
                    context.getExecutorServiceManager().newFixedThreadPool(this, "CaravanLeases", Leases.AT_ONCE);
            leases.runIn(renewals);
            this.renewals = renewals;
            long beat = Math.max(1, settings.lease().toMillis() / 3);
            var unused = scheduler.scheduleWithFixedDelay(leases, beat, beat, TimeUnit.MILLISECONDS);
            heartbeat = scheduler;
        }
    }

    /** Says what is still being loaded; that is finished, or handed over when the time for a stop is up. */
    public void stopping() {
        if (leases.count() > 0) {
            LOG.info("Stopping: {} batches are being loaded, waiting for them: {}", leases.count(), leases.ids());
        }
    }

    /** What is not finished by now is any other instance's from this moment, without waiting for the lease to run out. */
    private void handOver() {
        Set<String> unfinished = leases.ids();
        if (unfinished.isEmpty()) {
            LOG.info("Stopped: every batch that was being loaded is finished");
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(HANDS, unfinished.size()));
        unfinished.forEach(id -> threads.execute(() -> handOver(id)));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(HAND_OVER.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "Stopping, though {} batches could not be handed over in {}: they are taken up when their leases have run out",
                        leases.count(),
                        Quantity.inWords(HAND_OVER));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private void handOver(String id) {
        LogContext names = LogContext.of(id, BatchId.feed(id));
        try {
            ledger.handOver(id);
            LOG.warn("Batch {} is not finished and handed over: another instance takes it up now", id);
            leases.release(id);
        } catch (RuntimeException e) {
            LOG.warn("Batch {} is not finished: another instance takes it up when its lease has run out", id);
        } finally {
            names.close();
        }
    }

    @Override
    protected void doStop() {
        CamelContext context = camelContext;
        if (context != null && heartbeat != null) {
            context.getExecutorServiceManager().shutdownNow(heartbeat);
            heartbeat = null;
        }
        if (context != null && renewals != null) {
            context.getExecutorServiceManager().shutdownNow(renewals);
            renewals = null;
        }
        handOver();
    }

    @Override
    public void setCamelContext(CamelContext context) {
        camelContext = context;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return camelContext;
    }
}
