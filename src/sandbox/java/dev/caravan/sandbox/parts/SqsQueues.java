package dev.caravan.sandbox.parts;

import software.amazon.awssdk.services.sqs.SqsClient;

/** Finds the queues that other services' configurations name by ARN. */
public final class SqsQueues {
    private SqsQueues() {}

    /** The URL of the queue with this ARN. Throws {@code QueueDoesNotExistException} when there is none. */
    public static String url(SqsClient sqs, String arn) {
        String name = arn.substring(arn.lastIndexOf(':') + 1);
        return sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
    }
}
