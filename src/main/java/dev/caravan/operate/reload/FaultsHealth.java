package dev.caravan.operate.reload;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Readiness: an instance whose files in {@code routes/} say something else than what runs is not ready. Restarting it would not help, so it stays live. */
public final class FaultsHealth extends AbstractHealthCheck {
    private final Supplier<List<String>> faults;

    /**
     * @param id what health calls it, for example {@code routes}
     * @param faults a sentence for each
     */
    public FaultsHealth(String id, Supplier<List<String>> faults) {
        super("caravan", id);
        this.faults = faults;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> now = faults.get();
        if (now.isEmpty()) {
            builder.up();
        } else {
            builder.message(String.join("; ", now)).down();
        }
    }
}
