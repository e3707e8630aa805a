package dev.caravan.operate.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;

/** How many instances run. The ledger is asked at most every 30 s, and only when the metrics are read. */
public final class InstanceGauge {
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private volatile double running = Double.NaN;

    private InstanceGauge() {}

    /**
     * @param source asks the ledger
     * @param executor where it is asked
     */
    public static void register(MeterRegistry registry, IntSupplier source, Executor executor, Clock clock) {
        InstanceGauge gauge = new InstanceGauge();
        Looked looked = new Looked(() -> gauge.running = source.getAsInt(), PAUSE, executor, clock);
        Gauge.builder("caravan.instances", () -> {
                    looked.ask();
                    return gauge.running;
                })
                .description("Instances that run, as the ledger knows")
                .register(registry);
    }
}
