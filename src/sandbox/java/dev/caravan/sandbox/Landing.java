package dev.caravan.sandbox;

/**
 * The resources that one Caravan works with.
 *
 * @param bucket where files land; its object-created events go to the queue
 * @param manifestBucket where manifests are written; no events
 * @param queueUrl the events; a message received five times (unless its maker said otherwise) without being deleted moves to the dead-letter queue. Its first
 *     message is the {@code s3:TestEvent} that S3 sends when a notification is configured
 * @param loadedQueueUrl a queue subscribed to the topic of loaded batches
 * @param failedQueueUrl a queue subscribed to the topic of failed batches
 */
public record Landing(
        String bucket,
        String manifestBucket,
        String queueName,
        String queueUrl,
        String deadLetterQueueName,
        String deadLetterQueueUrl,
        String loadedTopicArn,
        String failedTopicArn,
        String loadedQueueUrl,
        String failedQueueUrl) {}
