package dev.caravan.operate.metrics;

import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.ClusterHolds.Hold;
import dev.caravan.ledger.read.FeedAges;
import dev.caravan.pipeline.s3toredshift.AutoBatches;
import dev.caravan.redshift.admission.Clusters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/**
 * How fresh each feed is, and which clusters are held. The ledger is asked at most every 30 s, and only when the metrics are read: the first reading has
 * no feeds yet.
 */
public final class FeedGauges {
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Feeds feeds;
    private final FeedAges ages;
    private final Clusters clusters;
    private final AutoBatches batches;
    private final Clock clock;
    private final MultiGauge loaded;
    private final MultiGauge waiting;
    private final MultiGauge held;
    private final MultiGauge sizes;

    private FeedGauges(
            MeterRegistry registry, Feeds feeds, FeedAges ages, Clusters clusters, AutoBatches batches, Clock clock) {
        this.feeds = feeds;
        this.ages = ages;
        this.clusters = clusters;
        this.batches = batches;
        this.clock = clock;
        loaded = gauge(
                registry,
                "caravan.newest.loaded.age",
                "Time since the feed's newest loaded batch was locked: its files had arrived by then");
        waiting = gauge(
                registry,
                "caravan.oldest.waiting.age",
                "Time since the oldest file was recorded that isn't in all of the feed's clusters; 0 if none waits");
        held = gauge(registry, "caravan.cluster.held", "Time since the cluster takes no loads; 0 if it does");
        sizes = MultiGauge.builder("caravan.batch.size")
                .description("Files that make a batch complete now")
                .baseUnit("files")
                .register(registry);
    }

    /** @param executor where the ledger is asked, one question at a time */
    public static void register(
            MeterRegistry registry,
            Feeds feeds,
            FeedAges ages,
            Clusters clusters,
            AutoBatches batches,
            Executor executor,
            Clock clock) {
        FeedGauges gauges = new FeedGauges(registry, feeds, ages, clusters, batches, clock);
        Looked looked = new Looked(gauges::look, PAUSE, executor, clock);
        Gauge.builder("caravan.ledger.look.age", looked, Looked::age)
                .description("Time since the ledger was read for the feeds' ages")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name)
                .description(description)
                .baseUnit("seconds")
                .register(registry);
    }

    private void look() {
        List<Feed> all = feeds.all();
        FeedAges.Ages now = ages.look(all.stream().map(Feed::name).toList());
        loaded.register(
                now.loaded().entrySet().stream()
                        .map(feed -> Row.of(Tags.of("feed", feed.getKey()), feed.getValue(), this::since))
                        .toList(),
                true);
        waiting.register(
                all.stream()
                        .map(feed -> Row.of(
                                Tags.of("feed", feed.name()),
                                now.waiting().getOrDefault(feed.name(), Instant.MAX),
                                this::since))
                        .toList(),
                true);
        sizes.register(
                all.stream()
                        .map(feed -> Row.of(Tags.of("feed", feed.name()), feed, (Feed f) -> (double) batches.files(f)))
                        .toList(),
                true);
        Set<String> names = new TreeSet<>();
        all.forEach(feed -> names.addAll(feed.clusters()));
        held.register(
                names.stream()
                        .map(cluster -> Row.of(Tags.of("cluster", cluster), cluster, this::heldFor))
                        .toList(),
                true);
    }

    private double heldFor(String cluster) {
        return clusters.held(cluster).map(Hold::since).map(this::since).orElse(0.0);
    }

    /** Seconds; 0 for what lies ahead. */
    private double since(Instant then) {
        Instant now = clock.instant();
        return then.isAfter(now) ? 0 : Duration.between(then, now).toMillis() / 1000.0;
    }
}
