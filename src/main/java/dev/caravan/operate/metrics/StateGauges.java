package dev.caravan.operate.metrics;

import dev.caravan.base.Troubles;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** How this instance is: ready or not, and which services are in trouble. */
public final class StateGauges {
    private static final List<String> SERVICES =
            List.of(Troubles.LEDGER, Troubles.QUEUE, Troubles.S3, Troubles.SNS, Troubles.WEBHOOK);

    private StateGauges() {}

    /** @param ready what {@code /observe/health/ready} says */
    public static void register(MeterRegistry registry, Troubles troubles, BooleanSupplier ready, Clock clock) {
        Gauge.builder("caravan.ready", () -> ready.getAsBoolean() ? 1 : 0)
                .description("1 if this instance is ready, as /observe/health/ready says, else 0")
                .register(registry);
        for (String service : SERVICES) {
            Gauge.builder("caravan.trouble", () -> seconds(troubles, service, clock))
                    .description("Time since this instance is in trouble with a service; 0 if it isn't")
                    .baseUnit("seconds")
                    .tag("service", service.replaceFirst("^the ", ""))
                    .register(registry);
        }
    }

    private static double seconds(Troubles troubles, String service, Clock clock) {
        return troubles.with(service)
                .map(trouble ->
                        Duration.between(trouble.since(), clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
