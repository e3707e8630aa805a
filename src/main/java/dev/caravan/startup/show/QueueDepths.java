package dev.caravan.startup.show;

import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;

import dev.caravan.operate.metrics.QueueGauges.Depths;
import dev.caravan.startup.aws.AwsCheck;
import dev.caravan.startup.aws.AwsClients;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** How many messages are in the two queues. Throws the SDK's exceptions. */
public final class QueueDepths implements Supplier<Depths> {
    private final AwsClients clients;
    private final String queue;
    private final String deadLetterQueue;

    public QueueDepths(AwsClients clients, String queue, String deadLetterQueue) {
        this.clients = clients;
        this.queue = queue;
        this.deadLetterQueue = deadLetterQueue;
    }

    @Override
    public Depths get() {
        try (SqsClient sqs = clients.sqs()) {
            Map<QueueAttributeName, String> events = attributes(sqs, queue);
            return new Depths(
                    number(events, APPROXIMATE_NUMBER_OF_MESSAGES),
                    number(events, APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                    number(attributes(sqs, deadLetterQueue), APPROXIMATE_NUMBER_OF_MESSAGES));
        }
    }

    private static Map<QueueAttributeName, String> attributes(SqsClient sqs, String name) {
        String url = AwsCheck.queueUrl(sqs, name);
        return sqs.getQueueAttributes(r -> r.queueUrl(url)
                        .attributeNames(APPROXIMATE_NUMBER_OF_MESSAGES, APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
    }

    private static double number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        return Double.parseDouble(attributes.getOrDefault(name, "NaN"));
    }
}
