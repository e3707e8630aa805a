package dev.caravan.operate.reconcile;

import dev.caravan.operate.reconcile.Difference.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What this instance found when it last compared a feed, until another instance does. */
public final class DifferenceGauges {
    private final MultiGauge gauge;
    private final Map<String, Map<Kind, Integer>> found = new TreeMap<>();

    public DifferenceGauges(MeterRegistry registry) {
        gauge = MultiGauge.builder("caravan.differences")
                .description("Where S3, the ledger and the clusters differed when this instance last compared a feed")
                .register(registry);
    }

    /** A feed has been compared by this instance. */
    public synchronized void found(String feed, Map<Kind, Integer> counts) {
        found.put(feed, Map.copyOf(counts));
        show();
    }

    /** A feed is compared by another instance. */
    public synchronized void forget(String feed) {
        if (found.remove(feed) != null) {
            show();
        }
    }

    private void show() {
        gauge.register(
                found.entrySet().stream()
                        .flatMap(feed -> Arrays.stream(Kind.values())
                                .map(kind -> Row.of(
                                        Tags.of("feed", feed.getKey(), "kind", kind.word()),
                                        feed.getValue().getOrDefault(kind, 0))))
                        .collect(Collectors.toList()),
                true);
    }
}
