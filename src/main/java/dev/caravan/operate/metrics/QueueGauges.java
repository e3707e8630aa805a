package dev.caravan.operate.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How much is in the queues. They are asked at most once a minute, and only when the metrics are read. */
public final class QueueGauges {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Supplier<Depths> source;
    private volatile Depths depths = new Depths(Double.NaN, Double.NaN, Double.NaN);

    private QueueGauges(Supplier<Depths> source) {
        this.source = source;
    }

    /**
     * @param source asks the queues
     * @param executor where they are asked, one question at a time
     */
    public static void register(MeterRegistry registry, Supplier<Depths> source, Executor executor, Clock clock) {
        QueueGauges gauges = new QueueGauges(source);
        Looked looked = new Looked(() -> gauges.depths = gauges.source.get(), PAUSE, executor, clock);
        Function<ToDoubleFunction<Depths>, Supplier<Number>> value = depth -> () -> {
            looked.ask();
            return depth.applyAsDouble(gauges.depths);
        };
        register(registry, "caravan.queue.messages", "Events that wait in the queue", value.apply(Depths::waiting));
        register(
                registry,
                "caravan.queue.in.flight.messages",
                "Events that were received and are not done yet",
                value.apply(Depths::inFlight));
        register(
                registry,
                "caravan.dead.letter.messages",
                "Events that were parked in the dead-letter queue",
                value.apply(Depths::parked));
    }

    private static void register(MeterRegistry registry, String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /**
     * Messages, as SQS counts them, approximately.
     *
     * @param waiting in the queue
     * @param inFlight received from the queue and not deleted
     * @param parked in the dead-letter queue
     */
    public record Depths(double waiting, double inFlight, double parked) {}
}
