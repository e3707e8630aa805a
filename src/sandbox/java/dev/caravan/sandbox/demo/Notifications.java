package dev.caravan.sandbox.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The messages that came to the queues subscribed to Caravan's topics. */
final class Notifications {
    private final SqsClient sqs;
    private final List<String> queueUrls;
    private final List<Notification> received = new ArrayList<>();

    Notifications(SqsClient sqs, List<String> queueUrls) {
        this.sqs = sqs;
        this.queueUrls = queueUrls;
    }

    /** Takes what has come since. */
    void receive() {
        for (String queueUrl : queueUrls) {
            List<Message> messages;
            do {
                messages = sqs.receiveMessage(r -> r.queueUrl(queueUrl).maxNumberOfMessages(10))
                        .messages();
                for (Message message : messages) {
                    Notification.of(message.body()).ifPresent(received::add);
                    sqs.deleteMessage(r -> r.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
                }
            } while (!messages.isEmpty());
        }
    }

    /** All that came, in their order. */
    List<Notification> received() {
        return List.copyOf(received);
    }

    /** The last word on each batch of a feed: a message may come twice. */
    Collection<Notification> batches(String feed) {
        Map<String, Notification> batches = new LinkedHashMap<>();
        received.stream().filter(n -> n.feed().equals(feed)).forEach(n -> batches.put(n.batch(), n));
        return batches.values();
    }

    /** How many of a feed's files are in batches that ended, well or not. */
    int files(String feed) {
        return batches(feed).stream().mapToInt(Notification::files).sum();
    }

    Stream<Notification> failed() {
        return received.stream().filter(n -> !n.loaded());
    }
}
