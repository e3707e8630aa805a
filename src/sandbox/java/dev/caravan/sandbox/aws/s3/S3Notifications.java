package dev.caravan.sandbox.aws.s3;

import dev.caravan.sandbox.aws.s3.NotificationConfiguration.Rule;
import dev.caravan.sandbox.parts.SqsQueues;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Sends each created object's event to the destinations that its bucket's notification configuration names. */
public final class S3Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(S3Notifications.class);

    private final NotificationStore store;
    private final SqsClient sqs;
    private final SnsClient sns;
    private final S3EventMessage messages = new S3EventMessage();
    private final Map<String, EventDelivery> deliveries = new ConcurrentHashMap<>();

    public S3Notifications(NotificationStore store, SqsClient sqs, SnsClient sns) {
        this.store = store;
        this.sqs = sqs;
        this.sns = sns;
    }

    String configuration(String bucket) {
        return store.get(bucket).xml();
    }

    /** Throws {@link IllegalArgumentException} when the document or a destination isn't there to be used. */
    void configure(String bucket, String xml) {
        NotificationConfiguration configuration = NotificationConfiguration.parse(xml);
        for (Rule rule : configuration.rules()) {
            try {
                send(rule.destinationArn(), messages.test(bucket));
            } catch (SdkException e) {
                throw new IllegalArgumentException(
                        "Unable to validate the following destination configurations: " + rule.destinationArn(), e);
            }
        }
        store.put(bucket, configuration);
    }

    void forget(String bucket) {
        store.remove(bucket);
    }

    public void deliverBy(String bucket, EventDelivery delivery) {
        deliveries.put(bucket, delivery);
    }

    void created(ObjectCreated event) {
        for (Rule rule : store.get(event.bucket()).rules()) {
            if (rule.wants(event)) {
                String message = messages.created(List.of(event), rule.id());
                deliveries
                        .getOrDefault(event.bucket(), EventDelivery.promptly())
                        .deliver(event, () -> sendOrWarn(rule.destinationArn(), message, event));
            }
        }
    }

    // The object is there whatever becomes of its event: S3 doesn't tell the client either.
    private void sendOrWarn(String arn, String message, ObjectCreated event) {
        try {
            send(arn, message);
        } catch (RuntimeException e) {
            LOG.warn("The event for s3://{}/{} to {} is lost: {}", event.bucket(), event.key(), arn, e.getMessage());
        }
    }

    private void send(String arn, String message) {
        if (arn.contains(":lambda:")) {
            return;
        }
        if (arn.contains(":sns:")) {
            sns.publish(r -> r.topicArn(arn).subject("Amazon S3 Notification").message(message));
        } else {
            String url = SqsQueues.url(sqs, arn);
            sqs.sendMessage(r -> r.queueUrl(url).messageBody(message));
        }
    }
}
