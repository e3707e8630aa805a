package dev.caravan.sandbox.chaos.check;

import dev.caravan.sandbox.Landing;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** How many events are in the queues, whether they can be seen just now or not. */
public final class Queues {
    private final SqsClient sqs;
    private final Landing landing;

    public Queues(SqsClient sqs, Landing landing) {
        this.sqs = sqs;
        this.landing = landing;
    }

    public int events() {
        return count(landing.queueUrl());
    }

    int deadEvents() {
        return count(landing.deadLetterQueueUrl());
    }

    private int count(String queueUrl) {
        return sqs
                .getQueueAttributes(r -> r.queueUrl(queueUrl).attributeNames(QueueAttributeName.ALL))
                .attributes()
                .entrySet()
                .stream()
                .filter(attribute -> attribute.getKey().toString().startsWith("ApproximateNumberOfMessages"))
                .mapToInt(attribute -> Integer.parseInt(attribute.getValue()))
                .sum();
    }
}
