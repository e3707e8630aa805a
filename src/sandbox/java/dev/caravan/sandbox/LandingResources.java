package dev.caravan.sandbox;

import static java.util.Map.entry;

import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Creates the buckets, queues and topics that Caravan expects to find. Doing it again changes nothing. */
final class LandingResources {
    static final int MAX_RECEIVE_COUNT = 5;
    private static final int VISIBILITY_TIMEOUT_SECONDS = 30;

    private final S3Client s3;
    private final SqsClient sqs;
    private final SnsClient sns;

    LandingResources(S3Client s3, SqsClient sqs, SnsClient sns) {
        this.s3 = s3;
        this.sqs = sqs;
        this.sns = sns;
    }

    /**
     * Creates a set.
     *
     * @param prefix what all names start with; empty for the names of the shipped configuration
     * @param maxReceives how often an event is received before it moves to the dead-letter queue
     */
    Landing create(String prefix, int maxReceives) {
        String bucket = prefix + "landing";
        String manifestBucket = prefix + "caravan-manifests";
        String queue = prefix + "caravan-events";
        String deadLetterQueue = prefix + "caravan-events-dead";
        bucket(bucket);
        bucket(manifestBucket);
        String deadLetterQueueUrl = queue(deadLetterQueue, Map.of());
        // At creation: ElasticMQ doesn't see a dead-letter queue's sources when the policy is set later.
        String queueUrl = queue(
                queue,
                Map.ofEntries(
                        entry(QueueAttributeName.VISIBILITY_TIMEOUT, Integer.toString(VISIBILITY_TIMEOUT_SECONDS)),
                        entry(
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
                                        .formatted(arn(deadLetterQueue), maxReceives))));
        sendEvents(bucket, queue);
        String loadedQueueUrl = queue(prefix + "caravan-loaded", Map.of());
        String failedQueueUrl = queue(prefix + "caravan-failed", Map.of());
        return new Landing(
                bucket,
                manifestBucket,
                queue,
                queueUrl,
                deadLetterQueue,
                deadLetterQueueUrl,
                topic(prefix + "caravan-loaded"),
                topic(prefix + "caravan-failed"),
                loadedQueueUrl,
                failedQueueUrl);
    }

    private void bucket(String name) {
        try {
            s3.createBucket(r -> r.bucket(name));
        } catch (BucketAlreadyOwnedByYouException kept) {
            // from the last run
        }
    }

    private String queue(String name, Map<QueueAttributeName, String> attributes) {
        try {
            return sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
        } catch (QueueDoesNotExistException e) {
            return sqs.createQueue(r -> r.queueName(name).attributes(attributes))
                    .queueUrl();
        }
    }

    private void sendEvents(String bucket, String queue) {
        // Not again on a restart: each time S3 sends a test event.
        if (!s3.getBucketNotificationConfiguration(r -> r.bucket(bucket)).hasQueueConfigurations()) {
            QueueConfiguration toQueue = QueueConfiguration.builder()
                    .id("caravan")
                    .queueArn(arn(queue))
                    .events(Event.S3_OBJECT_CREATED)
                    .build();
            s3.putBucketNotificationConfiguration(
                    r -> r.bucket(bucket).notificationConfiguration(c -> c.queueConfigurations(toQueue)));
        }
    }

    /** A topic with the queue of the same name subscribed. */
    private String topic(String name) {
        String topicArn = sns.createTopic(r -> r.name(name)).topicArn();
        sns.subscribe(r -> r.topicArn(topicArn).protocol("sqs").endpoint(arn(name)));
        return topicArn;
    }

    private static String arn(String queue) {
        return "arn:aws:sqs:" + Sandbox.REGION + ":" + Sandbox.ACCOUNT + ":" + queue;
    }
}
