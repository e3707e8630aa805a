package dev.caravan.routes;

import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.faults.Watch;
import dev.caravan.sandbox.redshift.RedshiftServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Another Redshift beside the shared sandbox's, with faults and tables of its own; it runs until the JVM ends. */
public final class SecondCluster {
    private static final RedshiftServer SERVER = RedshiftServer.start(
            0,
            Optional.empty(),
            SharedSandbox.get().s3(),
            SharedSandbox.get().environment().getOrDefault("CARAVAN_REDSHIFT_USER", ""),
            SharedSandbox.get().environment().getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""),
            new Watch());

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "stop-second-cluster"));
    }

    private SecondCluster() {}

    public static RedshiftServer server() {
        return SERVER;
    }

    public static ClusterSql sql() {
        Map<String, String> environment = new HashMap<>(SharedSandbox.get().environment());
        environment.put("CARAVAN_REDSHIFT_URL", url());
        return new ClusterSql(environment);
    }

    /** A data source named {@code second}. */
    public static Pipeline addTo(Pipeline pipeline) {
        return pipeline.with("camel.beans.second", "#class:com.zaxxer.hikari.HikariDataSource")
                .with("camel.beans.second.jdbcUrl", url())
                .with("camel.beans.second.username", "{{caravan.redshift.user}}")
                .with("camel.beans.second.password", "{{caravan.redshift.password}}")
                .with("camel.beans.second.minimumIdle", "0")
                .with("camel.beans.second.connectionTimeout", "1000")
                .with("camel.beans.second.initializationFailTimeout", "-1")
                .with("camel.beans.second.dataSourceProperties.enableFetchRingBuffer", "false");
    }

    private static String url() {
        return SharedSandbox.get()
                .environment()
                .getOrDefault("CARAVAN_REDSHIFT_URL", "")
                .replaceFirst(":\\d+/", ":" + SERVER.port() + "/");
    }
}
