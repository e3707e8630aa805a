package dev.caravan.sandbox.aws.s3;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * How an S3 event gets to its queue: the place to inject what S3 does rarely and a test needs now. S3 promises each event at least
 * once, and neither when nor in which order.
 */
@FunctionalInterface
public interface EventDelivery {
    /**
     * Called for every event and destination, before the request that made the object is answered.
     *
     * @param send sends the event's message when it is run; it may be run never, several times (the message, its sequencer
     *     included, is the same each time), later or from another thread
     */
    void deliver(ObjectCreated event, Runnable send);

    /** Each event once and at once: an event is in its queue before the request that caused it is answered. */
    static EventDelivery promptly() {
        return (event, send) -> send.run();
    }

    /** No event arrives. */
    static EventDelivery never() {
        return (event, send) -> {};
    }

    /** Each event arrives the given number of times. */
    static EventDelivery times(int copies) {
        return (event, send) -> {
            for (int i = 0; i < copies; i++) {
                send.run();
            }
        };
    }

    /** Each event arrives once, that much later. */
    static EventDelivery after(Duration delay) {
        Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
        return (event, send) -> later.execute(send);
    }
}
