package dev.caravan.batch;

import dev.caravan.feed.Feed;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * How a file joins the open batch of its feed, in the aggregator of route {@code batch}.
 *
 * <p>Shapes: the incoming exchange has a {@link FileEntry} as its body, the {@link Feed} as property {@code feed} and the {@link BatchLimits} that
 * hold for it as property {@code limits}; the batch's exchange, which the repository always supplies, has the {@link Batch} as its body.
 */
public final class BatchStrategy implements AggregationStrategy {
    /** Property of both exchanges: the {@link Feed}. */
    public static final String FEED = "feed";

    /**
     * Property of both exchanges: the {@link BatchLimits}. They are a file's own, taken once, so that aggregator and ledger judge the batch by the same,
     * though {@code batchSize: auto} may change at any moment.
     */
    public static final String LIMITS = "limits";

    /** Property of an incoming exchange: the key of the file's batch. */
    public static final String KEY = "batchKey";

    /** Property of a batch's exchange: the number of files that completes it. */
    public static final String FILES = "batchFiles";

    /** Property of a batch's exchange: whether it has the bytes that complete it. */
    public static final String HAS_BYTES = "hasBytes";

    /** Property of a batch's exchange: the {@link FileEntry} that joins; absent when a timeout completes the batch. */
    public static final String JOINING = "joining";

    /** Property of an incoming exchange: milliseconds until its batch is due, at least 1, for the aggregator's timer. */
    public static final String DUE_IN = "dueIn";

    private final Clock clock;

    public BatchStrategy(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Exchange aggregate(Exchange batchExchange, Exchange fileExchange) {
        Batch batch = batchExchange.getMessage().getBody(Batch.class);
        FileEntry file = fileExchange.getMessage().getBody(FileEntry.class);
        Feed feed = fileExchange.getProperty(FEED, Feed.class);
        BatchLimits limits = fileExchange.getProperty(LIMITS, BatchLimits.class);
        Duration untilDue = batch.isFresh() ? limits.age() : Duration.between(clock.instant(), batch.due());
        fileExchange.setProperty(DUE_IN, Math.max(1, untilDue.toMillis()));
        batchExchange.setProperty(FEED, feed);
        batchExchange.setProperty(LIMITS, limits);
        batchExchange.setProperty(JOINING, file);
        Batch grown = batch.with(List.of(file));
        batchExchange.setProperty(FILES, limits.files());
        batchExchange.setProperty(HAS_BYTES, grown.bytes() >= limits.bytes());
        batchExchange.getMessage().setBody(grown);
        return batchExchange;
    }
}
