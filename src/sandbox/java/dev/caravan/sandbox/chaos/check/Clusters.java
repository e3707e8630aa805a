package dev.caravan.sandbox.chaos.check;

import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.chaos.plan.ChaosFeed;
import dev.caravan.sandbox.faults.FaultRules;
import dev.caravan.sandbox.faults.Observer;
import dev.caravan.sandbox.faults.SwallowingProxy;
import dev.caravan.sandbox.faults.Watch;
import dev.caravan.sandbox.redshift.RedshiftServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The sandbox's cluster and a second one beside it, with tables for the feeds. */
public final class Clusters implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Pattern DONE_BEFORE = Pattern.compile("already exists|does not exist");

    private final Map<String, RedshiftServer> servers = new LinkedHashMap<>();
    private final Map<String, ClusterSql> sql = new LinkedHashMap<>();
    private final RedshiftServer second;
    private final Watch watchOfSecond = new Watch();
    /** To the second: the first has none, so that connections to it are refused as they really are. */
    private final SwallowingProxy way;

    private Clusters(Sandbox sandbox) {
        Map<String, String> environment = sandbox.environment();
        second = RedshiftServer.start(
                0,
                Optional.empty(),
                sandbox.s3(),
                environment.getOrDefault("CARAVAN_REDSHIFT_USER", ""),
                environment.getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""),
                watchOfSecond);
        way = SwallowingProxy.thatTellsEnds(second.port());
        servers.put(ChaosFeed.FIRST, sandbox.redshift());
        servers.put(ChaosFeed.SECOND, second);
        Map<String, String> ofSecond = new LinkedHashMap<>(environment);
        ofSecond.put("CARAVAN_REDSHIFT_URL", second.jdbcUrl());
        sql.put(ChaosFeed.FIRST, new ClusterSql(environment));
        sql.put(ChaosFeed.SECOND, new ClusterSql(ofSecond));
    }

    public static Clusters start(Sandbox sandbox) {
        return new Clusters(sandbox);
    }

    public void createTables(List<ChaosFeed> feeds) {
        for (ChaosFeed feed : feeds) {
            feed.clusters().forEach(cluster -> sql(cluster).run(feed.createTable()));
        }
    }

    /** By the cluster's name; the chances of their rules come from the seed. */
    public Map<String, FaultRules> faults(long seed) {
        Map<String, FaultRules> faults = new LinkedHashMap<>();
        servers.forEach((cluster, server) -> {
            server.faults().seed(seed);
            faults.put(cluster, server.faults());
        });
        return faults;
    }

    /** Where connections to the second cluster can hang. */
    public SwallowingProxy way() {
        return way;
    }

    /** Has every statement of the second cluster seen by an observer; the first is the sandbox's. */
    public void observeSecond(Observer observer) {
        watchOfSecond.observe(observer);
    }

    /** How many rows of a file a feed's table has. Throws {@link IllegalStateException} if the cluster doesn't say. */
    public int rows(String cluster, ChaosFeed feed, String file) {
        return Integer.parseInt(sql(cluster)
                .column("SELECT count(*) FROM " + feed.table() + " WHERE file = '" + file + "'")
                .get(0));
    }

    /** Runs a statement that makes or drops something, until no trouble of the moment makes it fail; one whose answer was lost has worked, too. */
    public void insist(String cluster, String statement) {
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .atMost(LONGEST)
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> {
                    try {
                        sql(cluster).run(statement);
                    } catch (IllegalStateException e) {
                        if (!DONE_BEFORE.matcher(e.getMessage()).find()) {
                            throw e;
                        }
                    }
                    return true;
                });
    }

    /** A connection to a cluster, past whatever hangs on the way of Caravan's. */
    public Connection connect(String cluster) throws SQLException {
        return sql(cluster).connect();
    }

    ClusterSql sql(String cluster) {
        return Optional.ofNullable(sql.get(cluster)).orElseThrow();
    }

    /** What Caravan's settings say of the second cluster. */
    public Map<String, String> environment() {
        return Map.of(
                "CARAVAN_SECOND_URL", second.jdbcUrl().replace(":" + second.port() + "/", ":" + way.port() + "/"));
    }

    /** Stops the second one; the first is the sandbox's. */
    @Override
    public void close() throws IOException {
        way.close();
        second.close();
    }
}
