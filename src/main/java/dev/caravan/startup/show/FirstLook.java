package dev.caravan.startup.show;

import dev.caravan.base.Quantity;
import dev.caravan.dataapi.DataApiDataSource;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.redshift.admission.Clusters;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.startup.aws.AwsClients;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Looks once, when Caravan has started, whether it gets into each cluster and whether the feeds' buckets and tables are there. What isn't is one line in
 * the log each, and no more: nothing waits for this, and what is loaded meanwhile is loaded.
 */
public final class FirstLook implements StartupListener {
    private static final Logger LOG = LoggerFactory.getLogger(FirstLook.class);

    /** For one cluster's tables: whoever has thousands isn't told of all. */
    private static final Duration AT_MOST = Duration.ofMinutes(1);

    private static final int QUESTION_SECONDS = 10;
    private static final int AT_ONCE = 4;
    private static final int NAMED = 10;

    private static final String NO_TABLE = "42P01";
    private static final String NO_SCHEMA = "3F000";

    private final CamelContext context;
    private final Feeds feeds;
    private final Clusters clusters;
    private final CopyStatement statements;
    private final AwsClients clients;
    private final AtomicBoolean begun = new AtomicBoolean();

    public FirstLook(
            CamelContext context, Feeds feeds, Clusters clusters, CopyStatement statements, AwsClients clients) {
        this.context = context;
        this.feeds = feeds;
        this.clusters = clusters;
        this.statements = statements;
        this.clients = clients;
    }

    @Override
    public void onCamelContextStarted(CamelContext started, boolean alreadyStarted) {
        // routes may not have started yet
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext started, boolean alreadyStarted) {
        if (begun.getAndSet(true)) {
            return;
        }
        ExecutorService executor =
                context.getExecutorServiceManager().newThreadPool(this, "CaravanFirstLook", AT_ONCE, AT_ONCE);
        Map<String, List<Feed>> byCluster = new TreeMap<>();
        for (Feed feed : feeds.all()) {
            feed.clusters()
                    .forEach(name -> byCluster
                            .computeIfAbsent(name, key -> new ArrayList<>())
                            .add(feed.in(name)));
        }
        executor.execute(this::buckets);
        byCluster.forEach((cluster, all) -> executor.execute(() -> cluster(cluster, all)));
        executor.shutdown();
    }

    private void buckets() {
        TreeSet<String> buckets = feeds.all().stream().map(Feed::bucket).collect(Collectors.toCollection(TreeSet::new));
        try (S3Client s3 = clients.s3()) {
            for (String bucket : buckets) {
                if (!bucket.isEmpty() && isMissing(s3, bucket)) {
                    LOG.warn(
                            "There is no bucket {}, from which {} would get files: create it, or correct prefix",
                            bucket,
                            names(feeds.all().stream()
                                    .filter(feed -> feed.bucket().equals(bucket))
                                    .toList()));
                }
            }
        } catch (RuntimeException e) {
            LOG.debug("Can't ask S3 for the feeds' buckets: {}", e.getMessage());
        }
    }

    /** Whoever may not ask doesn't know. */
    private static boolean isMissing(S3Client s3, String bucket) {
        try {
            s3.headBucket(r -> r.bucket(bucket));
            return false;
        } catch (S3Exception e) {
            return e.statusCode() == 404;
        }
    }

    private void cluster(String cluster, List<Feed> all) {
        DataSource source = context.getRegistry().lookupByNameAndType(cluster, DataSource.class);
        if (source == null || clusters.closed(cluster).isPresent()) {
            return;
        }
        try (Connection connection = source.getConnection()) {
            tables(cluster, connection, all, !(source instanceof DataApiDataSource));
        } catch (SQLException e) {
            LOG.warn(
                    "Cluster {} doesn't let Caravan in, so that this instance loads nothing into it: {}. Look at its address, user and password, and at the network",
                    cluster,
                    CopyFailure.of(e).problem());
        } catch (RuntimeException e) {
            LOG.debug("Can't ask cluster {}: {}", cluster, e.getMessage());
        }
    }

    /** A table that depends on the object's key isn't asked for. The Data API bounds its calls itself. */
    private void tables(String cluster, Connection connection, List<Feed> all, boolean isBounded) {
        Map<String, List<Feed>> byTable = new TreeMap<>();
        all.stream()
                .filter(feed -> !feed.isCapturing())
                .forEach(feed -> byTable.computeIfAbsent(CopyStatement.targetTable(feed), key -> new ArrayList<>())
                        .add(feed));
        long end = System.nanoTime() + AT_MOST.toNanos();
        List<String> missing = new ArrayList<>();
        for (List<Feed> loading : byTable.values()) {
            if (System.nanoTime() - end < 0 && isMissing(connection, loading.get(0), isBounded)) {
                missing.add(loading.get(0).table() + " (" + names(loading) + ")");
            }
        }
        if (!missing.isEmpty()) {
            LOG.warn(
                    "Cluster {} has no table {}{}: create what is missing, or correct table",
                    cluster,
                    missing.stream().limit(NAMED).collect(Collectors.joining(", ")),
                    missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "");
        }
    }

    /** Who may not read a table may yet load it. */
    private boolean isMissing(Connection connection, Feed feed, boolean isBounded) {
        try (Statement statement = connection.createStatement()) {
            if (isBounded) {
                statement.setQueryTimeout(QUESTION_SECONDS);
            }
            statement.executeQuery(statements.tableColumns(feed)).close();
            return false;
        } catch (SQLException e) {
            String state = CopyFailure.of(e).sqlState();
            return state.equals(NO_TABLE) || state.equals(NO_SCHEMA);
        }
    }

    private static String names(List<Feed> feeds) {
        return (feeds.size() == 1 ? "feed " : "feeds ")
                + feeds.stream().map(Feed::name).limit(NAMED).collect(Collectors.joining(", "))
                + (feeds.size() > NAMED ? " and " + Quantity.count(feeds.size() - NAMED, "other") : "");
    }
}
