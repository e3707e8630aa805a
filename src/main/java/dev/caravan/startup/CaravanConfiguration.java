package dev.caravan.startup;

import dev.caravan.access.ClusterLogins;
import dev.caravan.access.OwnKeys;
import dev.caravan.batch.BatchStrategy;
import dev.caravan.console.Hawtio;
import dev.caravan.copy.CopyStatement;
import dev.caravan.copy.HiddenSecrets;
import dev.caravan.feed.Feed;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.feed.Feeds;
import dev.caravan.health.Troubles;
import dev.caravan.intake.Backpressure;
import dev.caravan.intake.GroupedDeletes;
import dev.caravan.intake.QueuePolling;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.ClusterHolds;
import dev.caravan.ledger.DynamoDbAggregationRepository;
import dev.caravan.ledger.DynamoDbBatchSteering;
import dev.caravan.ledger.DynamoDbClusterHolds;
import dev.caravan.ledger.DynamoDbFeedPauses;
import dev.caravan.ledger.DynamoDbLedger;
import dev.caravan.ledger.EventTests;
import dev.caravan.ledger.FeedAges;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.FileLookup;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerCalls;
import dev.caravan.ledger.LedgerLook;
import dev.caravan.ledger.LedgerReader;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.PlannedTurns;
import dev.caravan.listing.FeedListing;
import dev.caravan.listing.S3Listing;
import dev.caravan.load.Answering;
import dev.caravan.load.AutoBatches;
import dev.caravan.load.ClusterSlices;
import dev.caravan.load.Clusters;
import dev.caravan.load.LongLoads;
import dev.caravan.load.NoLoadWindows;
import dev.caravan.load.Room;
import dev.caravan.management.Management;
import dev.caravan.manifest.CurrentFiles;
import dev.caravan.metrics.DifferenceGauges;
import dev.caravan.metrics.LedgerMeters;
import dev.caravan.metrics.LoadMeters;
import dev.caravan.reconcile.BatchComparison;
import dev.caravan.reconcile.ClusterRows;
import dev.caravan.reconcile.Reconciliation;
import dev.caravan.steps.AfterWaiting;
import dev.caravan.steps.BatchSteps;
import dev.caravan.steps.CopySteps;
import dev.caravan.steps.EvolutionSteps;
import dev.caravan.steps.ExplainSteps;
import dev.caravan.steps.FeedTables;
import dev.caravan.steps.HousekeepingSteps;
import dev.caravan.steps.LoadSteps;
import dev.caravan.steps.LogNames;
import dev.caravan.steps.MissingFiles;
import dev.caravan.steps.NotifySteps;
import dev.caravan.steps.Outcomes;
import dev.caravan.steps.OverwriteSteps;
import dev.caravan.steps.Overwritten;
import dev.caravan.steps.ParkSteps;
import dev.caravan.steps.ReceiveSteps;
import dev.caravan.steps.ReconcileSteps;
import dev.caravan.steps.Retries;
import dev.caravan.steps.SearchSteps;
import dev.caravan.steps.SkippedSteps;
import dev.caravan.steps.TellSteps;
import dev.caravan.steps.Turns;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Puts the beans together that the routes name, and has the configuration checked. {@code camel.main.configurationClasses}
 * names this class, so that the jar and {@code camel run} start the same application.
 */
public final class CaravanConfiguration implements CamelConfiguration {
    /** Questions to the ledger which versions of an object it knows, of all batches that begin to be loaded. */
    private static final int VERSIONS_AT_ONCE = 32;

    @Override
    public void configure(CamelContext context) {
        loadDevConsoles(context);
        Hawtio.install(context);
        context.getCamelContextExtension().addInterceptStrategy(new LogNames());
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            /** By now the components have their properties, and the feeds are in the registry; no route has started. */
            @Override
            public void onContextInitializing(CamelContext initializing) {
                start(initializing);
            }

            @Override
            public void onContextStopping(CamelContext stopping) {
                DynamoDbAggregationRepository repository = stopping.getRegistry()
                        .lookupByNameAndType("ledgerRepository", DynamoDbAggregationRepository.class);
                if (repository != null) {
                    repository.stopping();
                }
                Turns turns = stopping.getRegistry().lookupByNameAndType("turns", Turns.class);
                if (turns != null) {
                    turns.stopping();
                }
            }
        });
    }

    /** What Hawtio shows and does; a batch's history says that it was done there. */
    private static Management management(
            CamelContext context,
            Feeds feeds,
            Ledger ledger,
            DynamoDbClient dynamoDb,
            FeedPauses pauses,
            AutoBatches batches,
            LedgerSettings own,
            Clock clock) {
        LedgerSettings settings =
                new LedgerSettings(own.tablePrefix(), "JMX of " + own.owner(), own.lease(), own.keep());
        Management management = new Management(
                feeds,
                ledger,
                new LedgerReader(dynamoDb, settings),
                pauses,
                batches,
                new DynamoDbBatchSteering(dynamoDb, settings, clock),
                clock);
        try {
            context.addStartupListener((started, already) -> management.refresh(started));
        } catch (Exception e) {
            throw new IllegalStateException("Can't register MBeans", e);
        }
        return management;
    }

    /** Before the CLI connector's thread does: Camel 4.17 starts the consoles without a lock, and fails if they become more meanwhile. */
    private static void loadDevConsoles(CamelContext context) {
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        if (consoles != null) {
            consoles.loadDevConsoles();
        }
    }

    private static void greet(CamelContext context, Greeting greeting) {
        try {
            context.addStartupListener(greeting);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    private static void start(CamelContext context) {
        Greeting.starting(context);
        context.getCamelContextExtension().addInterceptStrategy(new MemoryWatch());
        Settings settings = new Settings(context);
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        Registry registry = context.getRegistry();
        AwsClients clients = new AwsClients(context);
        FeedDefaults defaults = settings.feedDefaults();
        LedgerSettings ledgerSettings = settings.ledger();
        Duration retryFor = settings.retryFor();
        Duration atMost = settings.loadAtMost();
        NoLoadWindows noLoadWindows = settings.noLoadWindows();
        long scanMillis = settings.scanInterval().toMillis();
        Feeds feeds = new Feeds(() -> registry.findByTypeWithName(Feed.class), defaults);
        boolean parkUnmatched = settings.parkUnmatched();
        TellSteps.Webhook webhook = settings.webhook();
        settings.planned();
        settings.bounds();
        settings.observeHosts();
        Duration reconcileSince = settings.reconcileSince();
        StartupCheck check = new StartupCheck(context, settings, clients, feeds);
        check.configuration();
        HiddenSecrets secrets = new HiddenSecrets(new OwnKeys(clients::credentials, clock));
        ClusterLogins.prepare(context, secrets, atMost);

        MeterRegistry meters = meters(registry);
        DynamoDbClient dynamoDb = clients.dynamoDb(new LedgerCalls(new LedgerMeters(meters)));
        DynamoDbLedger ledger = new DynamoDbLedger(dynamoDb, ledgerSettings, clock);
        Troubles troubles = new Troubles(clock);
        ClusterHolds holds = new DynamoDbClusterHolds(dynamoDb, ledgerSettings, clock);
        FeedPauses pauses = new DynamoDbFeedPauses(dynamoDb, ledgerSettings, clock);
        Room room = new Room(settings.waiting());
        Clusters clusters = new Clusters(room, holds, pauses, ledger::waitedFor, noLoadWindows::endAt, clock);
        clusters.onHold(new Announcer(context));
        Answering answering =
                new Answering(cluster -> Optional.ofNullable(registry.lookupByNameAndType(cluster, DataSource.class)));
        LongLoads loads = new LongLoads(atMost, clock);
        Retries retries = new Retries(ledger, clusters, answering, troubles, clock, retryFor, loads);
        CopyStatement statement = new CopyStatement(settings.clusterSchema(), secrets);
        DynamoDbAggregationRepository repository =
                new DynamoDbAggregationRepository(ledger, clusters, troubles, clock, ledgerSettings);
        repository.setRecoveryInterval(scanMillis);
        repository.leaveIf(loads::hanging);
        LoadMeters loadMeters = new LoadMeters(meters);
        AutoBatches batches = autoBatches(context, new LedgerReader(dynamoDb, ledgerSettings), clock);
        repository.onEnd(batch -> {
            loadMeters.ended(batch);
            batches.ended(batch);
        });
        Outcomes outcomes = new Outcomes(ledger, loadMeters);
        registry.bind("feeds", feeds);
        registry.bind("ledger", ledger);
        registry.bind("ledgerRepository", repository);
        registry.bind("batchStrategy", new BatchStrategy(clock));
        registry.bind("retries", retries);
        registry.bind("backpressure", new Backpressure(troubles, new LedgerLook(dynamoDb, ledgerSettings)));
        registry.bind("queueClient", deletes(context, clients).client());
        registry.bind("queuePolling", new QueuePolling(troubles));
        registry.bind("receiveSteps", new ReceiveSteps());
        registry.bind(
                "batchSteps",
                new BatchSteps(
                        feeds,
                        ledger,
                        batches,
                        loadMeters,
                        new EventTests(dynamoDb, ledgerSettings, clock),
                        parkUnmatched));
        registry.bind(
                "loadSteps",
                new LoadSteps(ledger, outcomes, feeds, currentFiles(context, ledger), clusters, retries, clock));
        CopySteps copySteps = new CopySteps(ledger, outcomes, clusters, retries, statement, loads, clock);
        registry.bind("copySteps", copySteps);
        registry.bind("explainSteps", new ExplainSteps(ledger, copySteps, statement, new MissingFiles(clients::s3)));
        registry.bind("overwriteSteps", new OverwriteSteps(ledger, new Overwritten(clients::s3)));
        registry.bind("skippedSteps", new SkippedSteps(ledger, copySteps, clock));
        registry.bind("evolutionSteps", new EvolutionSteps(ledger, clients::s3));
        registry.bind("searchSteps", new SearchSteps(ledger, statement));
        registry.bind(
                "turns",
                new Turns(
                        statement,
                        room,
                        new AfterWaiting(clusters, ledger),
                        context.getExecutorServiceManager().newThreadPool(context, "turns", "copy")));
        registry.bind("notifySteps", new NotifySteps(ledger, defaults, clock));
        registry.bind("tellSteps", new TellSteps(troubles, defaults.failedTopic(), webhook));
        PlannedTurns planned = new PlannedTurns(dynamoDb, ledgerSettings);
        registry.bind(
                "housekeepingSteps",
                new HousekeepingSteps(feeds, tables(dynamoDb, ledgerSettings), clusters, planned, clock));
        registry.bind(
                "reconcileSteps",
                new ReconcileSteps(
                        feeds,
                        comparison(clients, registry, feeds, dynamoDb, ledgerSettings, statement),
                        reconcileSince,
                        planned,
                        new DifferenceGauges(meters),
                        clock));
        registry.bind("parkSteps", new ParkSteps());
        new Watching(context, clock, meters)
                .watch(
                        feeds,
                        clusters,
                        batches,
                        troubles,
                        new FeedAges(dynamoDb, ledgerSettings, clock),
                        new QueueDepths(clients, settings.queue(), settings.deadLetterQueue()));
        Management management = management(context, feeds, ledger, dynamoDb, pauses, batches, ledgerSettings, clock);
        check.services(ledger);
        greet(context, new Greeting(feeds, settings.queue()));
        new Reloading(context, feeds).prepare(settings, management);
    }

    /** Starts and stops with Camel, after the routes. */
    private static GroupedDeletes deletes(CamelContext context, AwsClients clients) {
        GroupedDeletes deletes = new GroupedDeletes(clients.sqs());
        try {
            context.addService(deletes, true, false);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
        return deletes;
    }

    private static ReconcileSteps.Comparison comparison(
            AwsClients clients,
            Registry registry,
            Feeds feeds,
            DynamoDbClient dynamoDb,
            LedgerSettings settings,
            CopyStatement statement) {
        FileLookup files = new FileLookup(dynamoDb, settings);
        ClusterRows rows = new ClusterRows(
                statement, cluster -> Optional.ofNullable(registry.lookupByNameAndType(cluster, DataSource.class)));
        BatchComparison batches = new BatchComparison(new LedgerReader(dynamoDb, settings), rows);
        return (feed, since, now, found, proceed) -> {
            try (S3Client s3 = clients.s3()) {
                FeedListing listing = new FeedListing(new S3Listing(s3), files, feeds);
                new Reconciliation(listing, batches, feed, since, settings.keep(), now)
                        .run(found, seen -> proceed.run());
            }
        };
    }

    private static CurrentFiles currentFiles(CamelContext context, Ledger ledger) {
        return new CurrentFiles(
                ledger,
                context.getExecutorServiceManager()
                        .newFixedThreadPool(CaravanConfiguration.class, "CaravanVersions", VERSIONS_AT_ONCE));
    }

    private static FeedTables tables(DynamoDbClient dynamoDb, LedgerSettings settings) {
        LedgerReader reader = new LedgerReader(dynamoDb, settings);
        return new FeedTables(feed -> reader.newestFirst(feed.name(), BatchFilter.all())
                .limit(FeedTables.LOOKED_AT)
                .map(BatchRecord::batch)
                .toList());
    }

    private static AutoBatches autoBatches(CamelContext context, LedgerReader reader, Clock clock) {
        Registry registry = context.getRegistry();
        return new AutoBatches(
                reader::newest,
                reader::newestComplete,
                new ClusterSlices(
                        cluster -> Optional.ofNullable(registry.lookupByNameAndType(cluster, DataSource.class)), clock),
                context.getExecutorServiceManager()
                        .newSingleThreadExecutor(CaravanConfiguration.class, "CaravanBatchSizes"),
                clock);
    }

    /** Camel's, which {@code /observe/metrics} shows; without it, one that nobody reads. */
    private static MeterRegistry meters(Registry registry) {
        MeterRegistry camels =
                registry.lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, MeterRegistry.class);
        return camels != null ? camels : new CompositeMeterRegistry();
    }
}
