package dev.caravan.cli.queue;

import dev.caravan.cli.shell.CommandFailed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The messages that were in a dead-letter queue at a moment. Those that arrive later are held back, lest a message that fails again
 * at once goes round in circles, and made visible at the end. If this process dies, everything it holds is visible again in a minute.
 */
final class DeadLetters {
    static final int BATCH = 10;
    private static final int HELD_SECONDS = 60;

    /** After so many answers with nothing but later messages in a row, it is the arrivals that keep the queue from being empty. */
    private static final int ENOUGH_LATER_ONES = 10;

    private final SqsClient sqs;
    private final Queue queue;
    private final Instant asOf;
    private final Map<String, String> held = new HashMap<>();
    private int later;

    /** @param asOf what was sent after this is left where it is */
    DeadLetters(SqsClient sqs, Queue queue, Instant asOf) {
        this.sqs = sqs;
        this.queue = queue;
        this.asOf = asOf;
    }

    /** The next messages, none twice; empty if there are no more. A long poll, which asks all of SQS's servers: 1 second at the end. */
    List<Message> next(int atMost) {
        for (int i = 0; i < ENOUGH_LATER_ONES; i++) {
            List<Message> received = sqs.receiveMessage(r -> r.queueUrl(queue.url())
                            .maxNumberOfMessages(Math.min(BATCH, atMost))
                            .waitTimeSeconds(1)
                            .visibilityTimeout(HELD_SECONDS)
                            .messageAttributeNames("All")
                            .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP))
                    .messages();
            List<Message> wanted = new ArrayList<>();
            for (Message message : received) {
                boolean known = held.put(message.messageId(), message.receiptHandle()) != null;
                if (!known && sent(message).isAfter(asOf)) {
                    later++;
                } else if (!known) {
                    wanted.add(message);
                }
            }
            if (!wanted.isEmpty() || received.isEmpty()) {
                return wanted;
            }
        }
        return List.of();
    }

    /** How many that came later have been seen. */
    int later() {
        return later;
    }

    /** When a message was sent to its queue. */
    static Instant sent(Message message) {
        return Instant.ofEpochMilli(
                Long.parseLong(message.attributes().getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0")));
    }

    /** At most ten, which are in the other queue: what is left here are copies. */
    void delete(List<Message> messages) throws CommandFailed {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (Message message : messages) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(message.receiptHandle())
                    .build());
            held.remove(message.messageId());
        }
        var failed = sqs.deleteMessageBatch(r -> r.queueUrl(queue.url()).entries(entries))
                .failed();
        if (!failed.isEmpty()) {
            throw new CommandFailed(failed.size() + " could not be deleted from " + queue.name() + " ("
                    + failed.get(0).message() + ")");
        }
    }

    /** Makes everything visible again that was received and not deleted. */
    void release() {
        List<String> handles = List.copyOf(held.values());
        for (int from = 0; from < handles.size(); from += BATCH) {
            List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
            for (String handle : handles.subList(from, Math.min(from + BATCH, handles.size()))) {
                entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(handle)
                        .visibilityTimeout(0)
                        .build());
            }
            sqs.changeMessageVisibilityBatch(r -> r.queueUrl(queue.url()).entries(entries));
        }
        held.clear();
    }
}
