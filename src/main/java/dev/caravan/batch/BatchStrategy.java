package dev.caravan.batch;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * How a file joins the open batch of its feed, in the aggregator of route {@code batch}.
 *
 * <p>Shapes: the incoming exchange has a {@link FileEntry} as its body, the feed and the limits that hold for it as
 * properties ({@link ExchangeProperties}); the batch's exchange, which the repository always supplies, has the {@link Batch} as its body.
 */
public final class BatchStrategy implements AggregationStrategy {
    private final Clock clock;

    public BatchStrategy(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Exchange aggregate(Exchange batchExchange, Exchange fileExchange) {
        Batch batch = batchExchange.getMessage().getBody(Batch.class);
        FileEntry file = fileExchange.getMessage().getBody(FileEntry.class);
        LoadSettings settings = fileExchange.getProperty(ExchangeProperties.FEED, LoadSettings.class);
        BatchLimits limits = fileExchange.getProperty(ExchangeProperties.LIMITS, BatchLimits.class);
        Duration untilDue = batch.isFresh() ? limits.age() : Duration.between(clock.instant(), batch.due());
        fileExchange.setProperty(ExchangeProperties.DUE_IN, Math.max(1, untilDue.toMillis()));
        batchExchange.setProperty(ExchangeProperties.FEED, settings);
        batchExchange.setProperty(ExchangeProperties.LIMITS, limits);
        batchExchange.setProperty(ExchangeProperties.JOINING, file);
        Batch grown = batch.with(List.of(file));
        batchExchange.setProperty(ExchangeProperties.BATCH_FILES, limits.files());
        batchExchange.setProperty(ExchangeProperties.HAS_BYTES, grown.bytes() >= limits.bytes());
        batchExchange.getMessage().setBody(grown);
        return batchExchange;
    }
}
