package dev.caravan.redshift.admission;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Says which clusters take no loads now, and why. That is no reason to call an instance not ready: what can be done is done, the files are
 * recorded, and other clusters are loaded.
 */
public final class ClusterHealth extends AbstractHealthCheck {
    private final Clusters clusters;
    private final Supplier<? extends Collection<String>> names;

    /** @param names of all clusters */
    public ClusterHealth(Clusters clusters, Supplier<? extends Collection<String>> names) {
        super("caravan", "clusters");
        this.clusters = clusters;
        this.names = names;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.up();
        List<String> closed = names.get().stream()
                .flatMap(cluster -> clusters.closed(cluster).stream())
                .distinct()
                .toList();
        builder.message(closed.isEmpty() ? "every cluster takes loads" : String.join("; ", closed));
    }
}
