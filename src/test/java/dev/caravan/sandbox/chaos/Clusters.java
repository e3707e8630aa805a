package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.faults.FaultRules;
import dev.caravan.sandbox.faults.Watch;
import dev.caravan.sandbox.redshift.RedshiftServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sandbox's cluster and a second one beside it, with tables for the feeds. */
final class Clusters implements AutoCloseable {
    private final Map<String, RedshiftServer> servers = new LinkedHashMap<>();
    private final Map<String, ClusterSql> sql = new LinkedHashMap<>();
    private final RedshiftServer second;

    private Clusters(Sandbox sandbox) {
        Map<String, String> environment = sandbox.environment();
        second = RedshiftServer.start(
                0,
                Optional.empty(),
                sandbox.s3(),
                environment.getOrDefault("CARAVAN_REDSHIFT_USER", ""),
                environment.getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""),
                new Watch());
        servers.put(ChaosFeed.FIRST, sandbox.redshift());
        servers.put(ChaosFeed.SECOND, second);
        Map<String, String> ofSecond = new LinkedHashMap<>(environment);
        ofSecond.put("CARAVAN_REDSHIFT_URL", second.jdbcUrl());
        sql.put(ChaosFeed.FIRST, new ClusterSql(environment));
        sql.put(ChaosFeed.SECOND, new ClusterSql(ofSecond));
    }

    static Clusters start(Sandbox sandbox) {
        return new Clusters(sandbox);
    }

    void createTables(List<ChaosFeed> feeds) {
        for (ChaosFeed feed : feeds) {
            feed.clusters().forEach(cluster -> sql(cluster).run(feed.createTable()));
        }
    }

    /** By the cluster's name; the chances of their rules come from the seed. */
    Map<String, FaultRules> faults(long seed) {
        Map<String, FaultRules> faults = new LinkedHashMap<>();
        servers.forEach((cluster, server) -> {
            server.faults().seed(seed);
            faults.put(cluster, server.faults());
        });
        return faults;
    }

    ClusterSql sql(String cluster) {
        return Optional.ofNullable(sql.get(cluster)).orElseThrow();
    }

    /** What Caravan's settings say of the second cluster. */
    Map<String, String> environment() {
        return Map.of("CARAVAN_SECOND_URL", second.jdbcUrl());
    }

    /** Stops the second one; the first is the sandbox's. */
    @Override
    public void close() {
        second.close();
    }
}
