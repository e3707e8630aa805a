package dev.caravan.s3.intake;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * Receives messages with a client of its own, whose closing ends the polls that are under way: else a stop would wait for them, up to 20 s. A message that
 * SQS sends in that very moment is invisible until its time is up, and is then received by others.
 */
public final class LongPolls {
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private static final ReceiveMessageResponse NOTHING =
            ReceiveMessageResponse.builder().build();

    private final SqsClient client;
    private final ThreadLocal<Boolean> atOnce = ThreadLocal.withInitial(() -> false);
    private final Phaser underWay = new Phaser(1);
    private volatile boolean over;

    /** @param client closed by {@link #end} */
    public LongPolls(SqsClient client) {
        this.client = client;
    }

    /** Whether what this thread receives next is to be answered at once, messages or none. */
    void answerAtOnce(boolean isWanted) {
        atOnce.set(isWanted);
    }

    /** As the client does; nothing, once these have been ended. */
    ReceiveMessageResponse receive(ReceiveMessageRequest wanted) {
        ReceiveMessageRequest request =
                atOnce.get() ? wanted.toBuilder().waitTimeSeconds(0).build() : wanted;
        underWay.register();
        try {
            return over ? NOTHING : client.receiveMessage(request);
        } catch (RuntimeException e) {
            if (over) {
                return NOTHING;
            }
            throw e;
        } finally {
            underWay.arriveAndDeregister();
        }
    }

    boolean areOver() {
        return over;
    }

    /** Ends what is under way, and waits a moment for it. Nothing is received any more. */
    public void end() {
        over = true;
        client.close();
        try {
            underWay.awaitAdvanceInterruptibly(underWay.arrive(), LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // what is left is waited for by Camel
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
