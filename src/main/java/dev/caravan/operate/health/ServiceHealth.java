package dev.caravan.operate.health;

import dev.caravan.base.Troubles;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Readiness: an instance that is in trouble with a service it can't work without is not ready. Restarting it would not help, so it stays live. */
public final class ServiceHealth extends AbstractHealthCheck {
    private final Troubles troubles;
    private final String service;

    /**
     * @param id what health calls it, for example {@code dynamodb}
     * @param service as in {@link Troubles}
     */
    public ServiceHealth(String id, Troubles troubles, String service) {
        super("caravan", id);
        this.troubles = troubles;
        this.service = service;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        troubles.with(service)
                .ifPresentOrElse(
                        trouble -> builder.message("trouble with " + service + " since " + trouble.since() + ": "
                                        + trouble.words())
                                .down(),
                        builder::up);
    }
}
