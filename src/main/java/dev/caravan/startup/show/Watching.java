package dev.caravan.startup.show;

import dev.caravan.base.Troubles;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.notes.Instances;
import dev.caravan.ledger.read.FeedAges;
import dev.caravan.operate.health.ServiceHealth;
import dev.caravan.operate.metrics.FeedGauges;
import dev.caravan.operate.metrics.InstanceGauge;
import dev.caravan.operate.metrics.MirrorGauges;
import dev.caravan.operate.metrics.QueueGauges;
import dev.caravan.operate.metrics.StateGauges;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;
import dev.caravan.pipeline.s3toredshift.AutoBatches;
import dev.caravan.redshift.admission.ClusterHealth;
import dev.caravan.redshift.admission.Clusters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.spi.Registry;

/** Has health and metrics show how things are. */
public final class Watching {
    private final CamelContext context;
    private final Clock clock;
    private final MeterRegistry meters;

    public Watching(CamelContext context, Clock clock, MeterRegistry meters) {
        this.context = context;
        this.clock = clock;
        this.meters = meters;
    }

    public void watch(
            Feeds feeds,
            Clusters clusters,
            AutoBatches batches,
            Troubles troubles,
            FeedAges ages,
            QueueDepths depths,
            Instances instances,
            Mirrors mirrors,
            MirrorBook book) {
        Registry registry = context.getRegistry();
        registry.bind("dynamodbHealth", new ServiceHealth("dynamodb", troubles, Troubles.LEDGER));
        registry.bind("sqsHealth", new ServiceHealth("sqs", troubles, Troubles.QUEUE));
        registry.bind("clusterHealth", new ClusterHealth(clusters, () -> {
            TreeSet<String> names = new TreeSet<>();
            feeds.all().stream().map(Feed::clusters).forEach(names::addAll);
            return names;
        }));
        ExecutorService executor = context.getExecutorServiceManager().newSingleThreadExecutor(this, "CaravanMetrics");
        FeedGauges.register(meters, feeds, ages, clusters, batches, executor, clock);
        QueueGauges.register(meters, depths, executor, clock);
        InstanceGauge.register(meters, () -> instances.known().running().size(), executor, clock);
        MirrorGauges.register(meters, () -> mirrors.all().keySet(), book::fresh, executor, clock);
        StateGauges.register(meters, troubles, this::isReady, clock);
    }

    private boolean isReady() {
        return HealthCheckHelper.isResultsUp(HealthCheckHelper.invokeReadiness(context), true);
    }
}
