package dev.caravan.cli.queue;

import dev.caravan.cli.shell.CommandFailed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Messages on their way back into their queue: body and attributes as they were, without the reason. */
record SentBack(SqsClient sqs, Queue queue) {
    /** Bytes of bodies that surely fit into one request; a single message may have more. */
    private static final int REQUEST_BYTES = 200_000;

    /**
     * Sends at most ten messages.
     *
     * @throws CommandFailed if SQS refuses one: then some of them may have been sent
     */
    void send(List<Message> messages) throws CommandFailed {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        int bytes = 0;
        for (Message message : messages) {
            int size = message.body().getBytes(StandardCharsets.UTF_8).length;
            if (!entries.isEmpty() && bytes + size > REQUEST_BYTES) {
                request(entries);
                entries = new ArrayList<>();
                bytes = 0;
            }
            entries.add(entry(entries.size(), message));
            bytes += size;
        }
        request(entries);
    }

    private void request(List<SendMessageBatchRequestEntry> entries) throws CommandFailed {
        var failed = sqs.sendMessageBatch(r -> r.queueUrl(queue.url()).entries(entries))
                .failed();
        if (!failed.isEmpty()) {
            throw new CommandFailed(failed.size() + " could not be sent to " + queue.name() + " ("
                    + failed.get(0).message() + ")");
        }
    }

    private static SendMessageBatchRequestEntry entry(int id, Message message) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>(message.messageAttributes());
        attributes.remove(ParkedEvent.REASON);
        return SendMessageBatchRequestEntry.builder()
                .id(Integer.toString(id))
                .messageBody(message.body())
                .messageAttributes(attributes)
                .build();
    }
}
