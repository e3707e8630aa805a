package dev.caravan.startup;

import dev.caravan.base.Troubles;
import dev.caravan.batch.Batch;
import dev.caravan.ledger.camel.DynamoDbAggregationRepository;
import dev.caravan.ledger.camel.RetriesAtOnce;
import dev.caravan.load.LoadMeters;
import dev.caravan.load.LogNames;
import dev.caravan.load.turn.Turns;
import dev.caravan.operate.console.Hawtio;
import dev.caravan.operate.jmx.Management;
import dev.caravan.operate.reload.JavaRoutes;
import dev.caravan.pipeline.s3toredshift.AutoBatches;
import dev.caravan.pipeline.s3toredshift.FeedOfBatch;
import dev.caravan.s3.intake.LongPolls;
import dev.caravan.startup.check.ConfigurationFaults;
import dev.caravan.startup.show.CamelRunLog;
import dev.caravan.startup.show.FirstLook;
import dev.caravan.startup.show.Greeting;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Puts the beans together that the routes name, and has the configuration checked. {@code camel.main.configurationClasses}
 * names this class, so that the jar and {@code camel run} start the same application.
 */
public final class CaravanConfiguration implements CamelConfiguration {

    @Override
    public void configure(CamelContext context) {
        CamelRunLog.quiet(context);
        FirstCheck first = FirstCheck.of(context, false);
        if (first.isAmbiguous()) {
            throw new ConfigurationFaults(first.faults());
        }
        loadDevConsoles(context);
        Hawtio.install(context);
        context.getCamelContextExtension().addInterceptStrategy(new LogNames());
        RetriesAtOnce.prepare(context);
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            /** By now the components have their properties, and the feeds are in the registry; no route has started. */
            @Override
            public void onContextInitializing(CamelContext initializing) {
                start(initializing);
            }

            @Override
            public void onContextStopping(CamelContext stopping) {
                stop(stopping);
            }
        });
    }

    /** Before the CLI connector's thread does: Camel 4.17 starts the consoles without a lock, and fails if they become more meanwhile. */
    private static void loadDevConsoles(CamelContext context) {
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        if (consoles != null) {
            consoles.loadDevConsoles();
        }
    }

    private static void start(CamelContext context) {
        Greeting.starting(context);
        context.getCamelContextExtension().addInterceptStrategy(new MemoryWatch());
        Core core = Core.of(context);
        core.settings().checkAll();
        StartupCheck check = new StartupCheck(
                context,
                core.settings(),
                core.clients(),
                core.feeds(),
                TableToRedshiftWiring.syncs(context, core.settings()),
                RedshiftToPostgresWiring.mirrors(context, core.settings()));
        check.configuration();

        MeterRegistry meters = core.meters();
        LedgerParts ledger = LedgerParts.of(core, meters);
        ClusterParts clusters = ClusterParts.of(core, ledger);
        Troubles troubles = new Troubles(core.clock());
        LoadMeters loadMeters = new LoadMeters(meters);

        S3ToRedshiftWiring pipeline = new S3ToRedshiftWiring(core, ledger, troubles);
        LoadWiring load = new LoadWiring(core, ledger, clusters, troubles);
        AutoBatches batches = pipeline.autoBatches();
        DynamoDbAggregationRepository repository = pipeline.repository(clusters);
        core.bind("feeds", core.feeds());
        core.bind("ledger", ledger.ledger());
        core.bind("ledgerRepository", repository);
        pipeline.bind(batches, loadMeters);
        TableToRedshiftWiring tables = new TableToRedshiftWiring(core, ledger);
        tables.bind(meters);
        RedshiftToPostgresWiring mirrored = new RedshiftToPostgresWiring(core, ledger, clusters);
        mirrored.bind(meters);
        FeedOfBatch feeds = new FeedOfBatch(core.feeds());
        load.bind(batch -> tables.settings(batch).orElseGet(() -> feeds.of(batch)), loadMeters);
        JavaRoutes.add(context);

        OperateWiring operate = new OperateWiring(core, ledger, clusters);
        operate.bind(meters, tables.syncs());
        check.routes();

        Consumer<Batch> good = load.makingGood();
        repository.onEnd(batch -> {
            loadMeters.ended(batch);
            batches.ended(batch);
            good.accept(batch);
        });
        operate.watch(meters, batches, troubles, mirrored);
        Management management =
                operate.management(batches, tables.syncs(), tables.book(), mirrored.mirrors(), mirrored.book());
        check.services(ledger.ledger());
        Greeting greeting = new Greeting(
                core.feeds(),
                tables.syncs(),
                mirrored.mirrors(),
                core.settings().queue(),
                operate.presence());
        pipeline.polling().whenReceiving(greeting::receiving);
        core.onceStarted(greeting);
        core.onceStarted(
                new FirstLook(context, core.feeds(), clusters.clusters(), clusters.statement(), core.clients()));
        new Reloading(core).prepare(management);
    }

    /** Whoever waits for something is told, so that a stop waits for nobody who has nothing to do. */
    private static void stop(CamelContext context) {
        DynamoDbAggregationRepository repository =
                context.getRegistry().lookupByNameAndType("ledgerRepository", DynamoDbAggregationRepository.class);
        if (repository != null) {
            repository.stopping();
        }
        LongPolls polls = context.getRegistry().lookupByNameAndType("longPolls", LongPolls.class);
        if (polls != null) {
            polls.end();
        }
        Turns turns = context.getRegistry().lookupByNameAndType("turns", Turns.class);
        if (turns != null) {
            turns.stopping();
        }
    }
}
