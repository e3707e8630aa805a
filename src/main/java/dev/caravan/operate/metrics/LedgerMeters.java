package dev.caravan.operate.metrics;

import dev.caravan.ledger.CallListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ledger's calls to DynamoDB, by operation and by the ledger's step that made them: how many, how long, and what they use up. */
public final class LedgerMeters implements CallListener {
    private final MeterRegistry registry;
    private final Map<Call, Meters> meters = new ConcurrentHashMap<>();

    public LedgerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void called(String operation, String step, Result result, Duration took, double capacityUnits) {
        Meters of = meters.computeIfAbsent(new Call(operation, step, result), this::register);
        of.time().record(took);
        of.units().increment(capacityUnits);
    }

    private Meters register(Call call) {
        Tags tags = Tags.of("operation", call.operation(), "step", call.step());
        return new Meters(
                Timer.builder("caravan.ledger.calls")
                        .description("Time of the ledger's calls to DynamoDB; refused: a condition did not hold")
                        .tags(tags.and("result", call.result().word()))
                        .register(registry),
                Counter.builder("caravan.ledger.capacity.units")
                        .description("Read and write units that the ledger's calls used up, as DynamoDB says")
                        .tags(tags)
                        .register(registry));
    }

    private record Call(String operation, String step, Result result) {}

    private record Meters(Timer time, Counter units) {}
}
