package dev.caravan.startup;

import dev.caravan.dataapi.DataApiDataSource;
import dev.caravan.feed.Fault;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.feed.S3Prefix;
import dev.caravan.ledger.DynamoDbLedger;
import dev.caravan.reload.RouteRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/** Checks the whole configuration before any route starts, and reports all faults at once. */
final class StartupCheck {
    private static final String PROPERTIES = "application.properties";

    /** A service that is away for a moment is no fault. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CamelContext context;
    private final Settings settings;
    private final AwsCheck aws;
    private final Feeds feeds;
    private final List<String> faults = new ArrayList<>();

    StartupCheck(CamelContext context, Settings settings, AwsClients clients, Feeds feeds) {
        this.context = context;
        this.settings = settings;
        this.aws = new AwsCheck(clients, PATIENCE);
        this.feeds = feeds;
    }

    /**
     * What can be checked without asking anybody.
     *
     * @throws ConfigurationFaults if AWS can't be asked the rest
     */
    void configuration() {
        settings.faults().forEach(fault -> add(PROPERTIES, fault));
        FeedFiles files = new FeedFiles(context);
        feeds.faults().forEach(fault -> add(files.of(fault.key()), fault));
        clusters(files);
        aws.identity().ifPresent(fault -> {
            add(PROPERTIES, fault);
            throw new ConfigurationFaults(faults);
        });
    }

    /**
     * What the configuration names in AWS, clusters behind the Data API among it; the ledger's tables are created if need be.
     *
     * @throws ConfigurationFaults if there is any fault, here or before
     */
    void services(DynamoDbLedger ledger) {
        Stream.of(
                        aws.queue("caravan.queue", settings.queue()),
                        aws.queue("caravan.dead-letter-queue", settings.deadLetterQueue()),
                        aws.tables(settings.tablePrefix(), ledger))
                .flatMap(Optional::stream)
                .forEach(fault -> add(PROPERTIES, fault));
        context.getRegistry().findByTypeWithName(DataApiDataSource.class).forEach((cluster, source) -> {
            if (ClusterCheck.faults(cluster, source).isEmpty()) {
                ClusterCheck.refusal(cluster, source).ifPresent(fault -> add(PROPERTIES, fault));
            }
        });
        distinct(feed -> feed.manifestPrefix().map(S3Prefix::bucket))
                .forEach(bucket -> aws.bucket(bucket).ifPresent(fault -> add(PROPERTIES, fault)));
        distinct(Feed::loadedTopic)
                .forEach(topic -> aws.topic("caravan.loaded-topic", topic).ifPresent(fault -> add(PROPERTIES, fault)));
        distinct(Feed::failedTopic)
                .forEach(topic -> aws.topic("caravan.failed-topic", topic).ifPresent(fault -> add(PROPERTIES, fault)));
        faults.addAll(RouteRules.faults(context));
        if (!faults.isEmpty()) {
            throw new ConfigurationFaults(faults);
        }
    }

    private void add(String file, Fault fault) {
        faults.add(file + ": " + fault);
    }

    private void clusters(FeedFiles files) {
        Set<String> named = new TreeSet<>(
                context.getRegistry().findByTypeWithName(DataSource.class).keySet());
        for (Feed feed : feeds.all()) {
            for (String cluster : feed.clusters()) {
                DataSource source = context.getRegistry().lookupByNameAndType(cluster, DataSource.class);
                if (source == null) {
                    add(
                            files.of(feed.name() + ".clusters"),
                            new Fault(
                                    feed.name() + ".clusters",
                                    cluster,
                                    "no such cluster; " + PROPERTIES + " defines " + (named.isEmpty() ? "none" : named)
                                            + ": add camel.beans." + cluster
                                            + "=#class:com.zaxxer.hikari.HikariDataSource and its jdbcUrl"));
                } else {
                    ClusterCheck.secrets(feed, cluster, source).ifPresent(fault -> add(files.of(fault.key()), fault));
                }
            }
        }
        for (String cluster : named) {
            DataSource source = context.getRegistry().lookupByNameAndType(cluster, DataSource.class);
            ClusterCheck.faults(cluster, source).forEach(fault -> add(PROPERTIES, fault));
        }
    }

    private Set<String> distinct(Function<Feed, Optional<String>> property) {
        return feeds.all().stream()
                .map(property)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
