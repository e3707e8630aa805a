package dev.caravan.startup;

import dev.caravan.base.Fault;
import dev.caravan.dataapi.DataApiDataSource;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.operate.reload.RouteCheck;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.s3.event.S3Prefix;
import dev.caravan.startup.aws.AwsCheck;
import dev.caravan.startup.aws.AwsClients;
import dev.caravan.startup.check.BeanRules;
import dev.caravan.startup.check.ClusterCheck;
import dev.caravan.startup.check.ConfigurationFaults;
import dev.caravan.startup.check.FeedFiles;
import dev.caravan.startup.check.MirrorCheck;
import dev.caravan.startup.check.SettingNames;
import dev.caravan.startup.check.SyncCheck;
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
    private static final String PROPERTIES = FirstCheck.PROPERTIES;

    /** A service that is away for a moment is no fault. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CamelContext context;
    private final Settings settings;
    private final FirstCheck first;
    private final AwsCheck aws;
    private final Feeds feeds;
    private final Syncs syncs;
    private final Mirrors mirrors;
    private final List<String> faults = new ArrayList<>();

    StartupCheck(
            CamelContext context, Settings settings, AwsClients clients, Feeds feeds, Syncs syncs, Mirrors mirrors) {
        this.context = context;
        this.settings = settings;
        this.first = FirstCheck.of(context, false);
        this.aws = new AwsCheck(clients, PATIENCE);
        this.feeds = feeds;
        this.syncs = syncs;
        this.mirrors = mirrors;
    }

    /**
     * What can be checked without asking anybody.
     *
     * @throws ConfigurationFaults if AWS's clients can't be made, and routes not be checked without them
     */
    void configuration() {
        faults.addAll(first.faults());
        settings.faults().forEach(fault -> add(PROPERTIES, fault));
        FeedFiles files = new FeedFiles(context);
        feeds.faults().forEach(fault -> add(files.of(fault.key()), fault));
        clusters(files);
        new SyncCheck(context, feeds).faults(syncs).forEach(fault -> add(files.of(fault.key()), fault));
        new MirrorCheck(context, feeds, syncs).faults(mirrors).forEach(fault -> add(files.of(fault.key()), fault));
        aws.identity().ifPresent(fault -> {
            add(PROPERTIES, fault);
            throw new ConfigurationFaults(faults);
        });
    }

    /**
     * The routes; their beans are there.
     *
     * @throws ConfigurationFaults if AWS would be asked for what a misspelt setting leaves at its default
     */
    void routes() {
        faults.addAll(first.beans().replaced());
        faults.addAll(new RouteCheck(context, first.complete()).faults());
        if (!first.faults().isEmpty()) {
            throw new ConfigurationFaults(faults);
        }
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
        distinct(
                        feed -> feed.manifestPrefix().map(S3Prefix::bucket),
                        sync -> sync.manifestPrefix().map(S3Prefix::bucket),
                        mirror -> mirror.manifestPrefix().map(S3Prefix::bucket))
                .forEach(bucket -> aws.bucket(bucket).ifPresent(fault -> add(PROPERTIES, fault)));
        distinct(Feed::loadedTopic, TableSync::loadedTopic, TableMirror::loadedTopic)
                .forEach(topic -> aws.topic("caravan.loaded-topic", topic).ifPresent(fault -> add(PROPERTIES, fault)));
        distinct(Feed::failedTopic, TableSync::failedTopic, TableMirror::failedTopic)
                .forEach(topic -> aws.topic("caravan.failed-topic", topic).ifPresent(fault -> add(PROPERTIES, fault)));
        faults.addAll(new ServerPorts(context).faults(PROPERTIES)); // all that was asked has taken its time
        if (!faults.isEmpty()) {
            throw new ConfigurationFaults(faults);
        }
    }

    private void add(String file, Fault fault) {
        if (!isOfADoubtful(fault)) {
            faults.add((file.equals(PROPERTIES) ? whereItIsSet(fault.key()) : file) + ": " + fault);
        }
    }

    /** A variable goes before the file. */
    private static String whereItIsSet(String key) {
        return SettingNames.variableInForce(key, System.getenv().keySet())
                .map(variable -> "the environment, " + variable)
                .orElse(PROPERTIES);
    }

    /** Of two beans of one name, one has got the properties of both; a bean without a class has none. */
    private boolean isOfADoubtful(Fault fault) {
        return first.beans().doubtful().stream()
                .anyMatch(name -> fault.key().startsWith(name + ".")
                        || fault.key().startsWith(BeanRules.PREFIX + name)
                        || (fault.key().endsWith("clusters") && fault.value().equals(name)));
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
        if (first.faults().stream().anyMatch(fault -> fault.contains("{{"))) {
            return; // whose bean has got no further than to what can't be resolved, and lacks what follows
        }
        for (String cluster : named) {
            DataSource source = context.getRegistry().lookupByNameAndType(cluster, DataSource.class);
            ClusterCheck.faults(cluster, source).forEach(fault -> add(PROPERTIES, fault));
        }
    }

    private Set<String> distinct(
            Function<Feed, Optional<String>> ofFeed,
            Function<TableSync, Optional<String>> ofSync,
            Function<TableMirror, Optional<String>> ofMirror) {
        return Stream.of(
                        feeds.all().stream().map(ofFeed),
                        syncs.all().values().stream().map(ofSync),
                        mirrors.all().values().stream().map(ofMirror))
                .flatMap(Function.identity())
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
