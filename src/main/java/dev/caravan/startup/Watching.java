package dev.caravan.startup;

import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.health.ServiceHealth;
import dev.caravan.health.Troubles;
import dev.caravan.ledger.FeedAges;
import dev.caravan.load.AutoBatches;
import dev.caravan.load.ClusterHealth;
import dev.caravan.load.Clusters;
import dev.caravan.metrics.FeedGauges;
import dev.caravan.metrics.QueueGauges;
import dev.caravan.metrics.StateGauges;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.spi.Registry;

/** Has health and metrics show how things are. */
final class Watching {
    private final CamelContext context;
    private final Clock clock;
    private final MeterRegistry meters;

    Watching(CamelContext context, Clock clock, MeterRegistry meters) {
        this.context = context;
        this.clock = clock;
        this.meters = meters;
    }

    void watch(
            Feeds feeds, Clusters clusters, AutoBatches batches, Troubles troubles, FeedAges ages, QueueDepths depths) {
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
        StateGauges.register(meters, troubles, this::isReady, clock);
    }

    private boolean isReady() {
        return HealthCheckHelper.isResultsUp(HealthCheckHelper.invokeReadiness(context), true);
    }
}
