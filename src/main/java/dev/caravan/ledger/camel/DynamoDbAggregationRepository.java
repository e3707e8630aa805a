package dev.caravan.ledger.camel;

import dev.caravan.base.OutOfMemory;
import dev.caravan.base.Quantity;
import dev.caravan.base.Troubles;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchKey;
import dev.caravan.batch.BatchLimits;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.ExchangeProperties;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.LoadSettings;
import dev.caravan.batch.LogContext;
import dev.caravan.ledger.Backlog;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.LeaseLost;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.work.Heartbeat;
import dev.caravan.work.Leases;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Keys whose open batch is kept in mind: a feed's captures may make any number of them. */
    private static final int MOST_KEYS = 10_000;

    private final Ledger ledger;
    private final Clock clock;
    private final LedgerSettings settings;
    private final Leases leases;
    private final TakeUps takeUps;
    private final Map<String, OpenBatchWriter> writers = new ConcurrentHashMap<>();
    private final Set<String> unconfirmed = ConcurrentHashMap.newKeySet();
    private Consumer<Batch> ended = batch -> {};
    private volatile boolean waited;
    private @Nullable CamelContext camelContext;
    private @Nullable Heartbeat heartbeat;

    public DynamoDbAggregationRepository(
            Ledger ledger, Backlog backlog, Troubles troubles, Clock clock, LedgerSettings settings) {
        this.ledger = ledger;
        this.clock = clock;
        this.settings = settings;
        this.leases = new Leases("batch", ledger::renew);
        takeUps = new TakeUps(ledger, leases, backlog, troubles, clock, this::writer);
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
        FileEntry file = grown.getProperty(ExchangeProperties.JOINING, FileEntry.class);
        String expected =
                grown.getProperty(ExchangeProperties.FEED, LoadSettings.class).key();
        if (!expected.equals(key)) {
            throw new IllegalStateException("route batch must say correlationExpression: {exchangeProperty:"
                    + " batchKey}: it wants to put a file of " + expected + " into a batch of "
                    + key);
        }
        Batch judged = grown.getMessage().getBody(Batch.class);
        writer(key).add(file, limits(grown), judged).decided();
        return null;
    }

    /** Locks the batch, with the file that completed it if there is one; from then on it is this instance's to load. */
    @Override
    public void remove(CamelContext context, String key, Exchange exchange) {
        String completedBy =
                exchange.getProperty(ExchangePropertyKey.AGGREGATED_COMPLETED_BY, TakeUps.FORCE, String.class);
        Optional<FileEntry> file =
                Optional.ofNullable(exchange.getProperty(ExchangeProperties.JOINING, FileEntry.class));
        Batch judged = exchange.getMessage().getBody(Batch.class);
        Batch locked =
                writer(key).lock(file, limits(exchange), judged, completedBy).decided();
        exchange.getMessage().setBody(locked);
        exchange.setExchangeId(locked.id());
        begin(exchange);
    }

    private static BatchLimits limits(Exchange exchange) {
        return exchange.getProperty(ExchangeProperties.LIMITS, BatchLimits.NO_MORE, BatchLimits.class);
    }

    private OpenBatchWriter writer(String key) {
        if (writers.size() >= MOST_KEYS) {
            writers.clear(); // whoever still has one of them is to a new one what another instance is
        }
        return writers.computeIfAbsent(
                key, k -> new OpenBatchWriter(ledger, clock, BatchKey.name(k), k, settings.owner()));
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
                boolean failed = batch.status() == BatchStatus.ERROR;
                LOG.atLevel(failed ? Level.WARN : Level.INFO)
                        .log(
                                "Batch {} ended {}: {}, {}{}",
                                id,
                                batch.status().word(),
                                Quantity.count(batch.files(), "file"),
                                Quantity.inBytes(batch.bytes()),
                                failed ? "; " + batch.failures() : "");
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
        takeUps.forget();
        if (!context.isStopping()) {
            takeUps.find(ids);
        }
        return ids;
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
            return takeUps.take(id)
                    .map(taken -> recovered(context, taken.batch(), taken.completedBy()))
                    .orElse(null);
        } catch (OptimisticLockingException e) {
            return null;
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIf(e);
            LOG.warn("Can't take over batch {}: {}", id, e.getMessage());
            return null;
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
            heartbeat = new Heartbeat(context.getExecutorServiceManager(), leases, settings.lease());
        }
    }

    /** Says what is still being loaded; that is finished, or handed over when the time for a stop is up. */
    public void stopping() {
        waited = leases.count() > 0;
        if (waited) {
            LOG.info(
                    "Stopping: {} being loaded, waiting for that: {}",
                    Quantity.count(leases.count(), "batch is", "batches are"),
                    leases.ids());
        }
    }

    @Override
    protected void doStop() {
        Heartbeat running = heartbeat;
        if (running != null) {
            running.stop();
            heartbeat = null;
        }
        new HandOver(ledger, leases).all(waited);
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
