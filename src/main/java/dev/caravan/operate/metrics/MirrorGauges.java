package dev.caravan.operate.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How fresh each mirror is. The ledger is asked at most once a minute, and only when the metrics are read. A mirror without a complete run has none, as a feed that
 * has loaded nothing.
 */
public final class MirrorGauges {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Supplier<Collection<String>> mirrors;
    private final Function<String, Optional<Instant>> fresh;
    private final Clock clock;
    private final MultiGauge ages;
    private Map<String, Instant> known = Map.of();

    private MirrorGauges(
            MeterRegistry registry,
            Supplier<Collection<String>> mirrors,
            Function<String, Optional<Instant>> fresh,
            Clock clock) {
        this.mirrors = mirrors;
        this.fresh = fresh;
        this.clock = clock;
        ages = MultiGauge.builder("caravan.mirror.age")
                .description("Time since the newest complete run of a mirror: its target is as the source was then")
                .baseUnit("seconds")
                .register(registry);
    }

    /**
     * @param fresh asks the ledger for the time of a mirror's newest complete run
     * @param executor where it is asked, one question at a time
     */
    public static void register(
            MeterRegistry registry,
            Supplier<Collection<String>> mirrors,
            Function<String, Optional<Instant>> fresh,
            Executor executor,
            Clock clock) {
        MirrorGauges gauges = new MirrorGauges(registry, mirrors, fresh, clock);
        Looked looked = new Looked(gauges::look, PAUSE, executor, clock);
        Gauge.builder("caravan.mirror.look.age", looked, Looked::age)
                .description("Time since the ledger was read for the mirrors' ages")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    private void look() {
        Map<String, Instant> now = new TreeMap<>();
        for (String mirror : mirrors.get()) {
            fresh.apply(mirror)
                    .or(() -> Optional.ofNullable(known.get(mirror)))
                    .ifPresent(time -> now.put(mirror, time));
        }
        known = now;
        ages.register(
                now.entrySet().stream()
                        .map(mirror -> Row.of(Tags.of("mirror", mirror.getKey()), mirror.getValue(), this::since))
                        .toList(),
                true);
    }

    private double since(Instant then) {
        return Math.max(0, Duration.between(then, clock.instant()).toMillis()) / 1000.0;
    }
}
