package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.aws.s3.EventDelivery;
import dev.caravan.sandbox.aws.s3.ObjectCreated;
import dev.caravan.sandbox.aws.s3.S3EventMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Events as S3 may deliver them: some twice, some late, some in another order, some again long afterwards, some several in a message.
 * None is dropped. What becomes of an event depends on the seed, its object's key and content only.
 */
final class UnreliableEvents implements EventDelivery, AutoCloseable {
    private static final int MOST_IN_A_MESSAGE = 10;
    private static final int LATEST_MILLIS = 15_000, LATE_MILLIS = 4_000;

    private final SqsClient sqs;
    private final Landing landing;
    private final long seed;
    private final int latest;
    private final S3EventMessage messages = new S3EventMessage();
    private final List<ObjectCreated> pool = new ArrayList<>();
    private final AtomicInteger outstanding = new AtomicInteger();
    private final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(2);

    UnreliableEvents(SqsClient sqs, Landing landing, long seed, Duration length) {
        this.sqs = sqs;
        this.landing = landing;
        this.seed = seed;
        latest = (int) Math.min(LATEST_MILLIS, length.toMillis() / 4);
        var unused = later.scheduleWithFixedDelay(this::sendPool, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void deliver(ObjectCreated event, Runnable send) {
        Random random =
                new Random(seed * 31 + event.key().hashCode() + event.eTag().hashCode());
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> send.run();
            case 3 -> {
                send.run();
                send.run();
            }
            case 4 -> {
                send.run();
                after(random.nextInt(latest), send);
            }
            case 5 -> {
                after(random.nextInt(LATE_MILLIS), send);
                after(random.nextInt(LATE_MILLIS), send);
                after(random.nextInt(latest), send);
            }
            case 6 -> after(random.nextInt(LATE_MILLIS), send);
            case 7 -> {
                pool(event);
                after(random.nextInt(LATE_MILLIS), send);
            }
            default -> pool(event);
        }
    }

    /** Events that are still to be sent. */
    int outstanding() {
        return outstanding.get();
    }

    private void after(int millis, Runnable send) {
        outstanding.incrementAndGet();
        var unused = later.schedule(
                () -> {
                    send.run();
                    outstanding.decrementAndGet();
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void pool(ObjectCreated event) {
        outstanding.incrementAndGet();
        boolean full;
        synchronized (pool) {
            pool.add(event);
            full = pool.size() >= MOST_IN_A_MESSAGE;
        }
        if (full) {
            sendPool();
        }
    }

    private void sendPool() {
        List<ObjectCreated> several;
        synchronized (pool) {
            several = new ArrayList<>(pool);
            pool.clear();
        }
        if (!several.isEmpty()) {
            Collections.reverse(several);
            String body = messages.created(several, "caravan");
            sqs.sendMessage(r -> r.queueUrl(landing.queueUrl()).messageBody(body));
            outstanding.addAndGet(-several.size());
        }
    }

    /** Events that are still to be sent are dropped. */
    @Override
    public void close() {
        later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        later.shutdown();
        Pools.awaitEnd(later);
    }
}
