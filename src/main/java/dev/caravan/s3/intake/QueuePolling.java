package dev.caravan.s3.intake;

import dev.caravan.base.Troubles;
import dev.caravan.ledger.LedgerUnavailable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What the queue's consumer does about failures: it says once that the queue can't be read, and once that it can. Its first poll is answered at once, for
 * it isn't ready before.
 */
public final class QueuePolling implements PollingConsumerPollStrategy, ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(QueuePolling.class);

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Troubles troubles;
    private final LongPolls polls;
    private final AtomicReference<Runnable> whenReceiving = new AtomicReference<>(() -> {});
    private final AtomicLong lastTold = new AtomicLong(System.nanoTime() - 2 * MINUTE);
    private final ThreadLocal<Long> began = ThreadLocal.withInitial(() -> 0L);
    private final AtomicLong lastFailure = new AtomicLong(System.nanoTime());

    public QueuePolling(Troubles troubles, LongPolls polls) {
        this.troubles = troubles;
        this.polls = polls;
    }

    /** Done when a poll has come back: once, and soon. */
    public void whenReceiving(Runnable action) {
        whenReceiving.set(action);
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        began.set(System.nanoTime());
        polls.answerAtOnce(consumer instanceof ScheduledPollConsumer polling && !polling.isConsumerReady());
        return true;
    }

    /** A poll that began before another one failed, and ended well, says nothing about now. */
    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        if (!polls.areOver()) {
            whenReceiving.getAndSet(() -> {}).run();
        }
        if (began.get() - lastFailure.get() < 0) {
            return;
        }
        troubles.over(Troubles.QUEUE, "events are received again");
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        lastFailure.set(System.nanoTime());
        troubles.begin(Troubles.QUEUE, "SQS says: " + cause.getMessage() + ". Caravan goes on trying");
        return false;
    }

    @Override
    public void handleException(Throwable exception) {
        handleException("", null, exception);
    }

    @Override
    public void handleException(String message, Throwable exception) {
        handleException(message, null, exception);
    }

    /**
     * A poll that failed is told by {@link #rollback}; the ledger's trouble by {@link Backpressure}. What remains is told here, once a minute at
     * most: a message that can't be deleted comes again, and is known then.
     */
    @Override
    public void handleException(String message, @Nullable Exchange exchange, Throwable exception) {
        boolean told = exchange == null || ObjectHelper.getException(LedgerUnavailable.class, exception) != null;
        long now = System.nanoTime();
        long last = lastTold.get();
        boolean due = now - last > MINUTE && !told && lastTold.compareAndSet(last, now);
        LOG.atLevel(due ? Level.WARN : Level.DEBUG)
                .log("{} {}: {}", message, exception.getClass().getSimpleName(), exception.getMessage());
    }
}
