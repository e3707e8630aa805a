package dev.caravan.sandbox.aws;

import dev.caravan.sandbox.aws.SnsRequest.Attribute;
import dev.caravan.sandbox.aws.SnsTopics.Subscription;
import dev.caravan.sandbox.parts.SqsQueues;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Carries messages to subscribers: to queues before the publisher is answered, to HTTP endpoints in the background. */
final class SnsDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(SnsDelivery.class);
    private static final int HTTP_ATTEMPTS = 4;
    private static final long HTTP_PAUSE_MILLIS = 1000;

    private final SqsClient sqs;
    private final String snsUrl;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    SnsDelivery(SqsClient sqs, String snsUrl) {
        this.sqs = sqs;
        this.snsUrl = snsUrl;
    }

    void deliver(SnsMessage message, Subscription to) {
        String body = message.body(to, snsUrl);
        if (to.protocol().equals("sqs")) {
            toQueue(message, body, to);
        } else {
            post(to, "Notification", message.id(), body, 1);
        }
    }

    /** Asks an HTTP endpoint to confirm its subscription. */
    void askToConfirm(Subscription to) {
        post(to, "SubscriptionConfirmation", to.token(), SnsMessage.confirmation(to, snsUrl), 1);
    }

    private void toQueue(SnsMessage message, String body, Subscription to) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        if (to.raw()) {
            message.attributes().forEach((name, attribute) -> attributes.put(name, forSqs(attribute)));
        }
        try {
            String url = SqsQueues.url(sqs, to.endpoint());
            sqs.sendMessage(r -> r.queueUrl(url).messageBody(body).messageAttributes(attributes));
        } catch (RuntimeException e) {
            // A publisher isn't told of a subscriber's trouble.
            LOG.warn("{} is not delivered to {}: {}", message.topicArn(), to.endpoint(), e.getMessage());
        }
    }

    private static MessageAttributeValue forSqs(Attribute attribute) {
        MessageAttributeValue.Builder value = MessageAttributeValue.builder().dataType(attribute.type());
        return attribute.binary()
                ? value.binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(attribute.value())))
                        .build()
                : value.stringValue(attribute.value()).build();
    }

    private void post(Subscription to, String type, String id, String body, int attempt) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(to.endpoint()))
                .timeout(Duration.ofSeconds(15))
                .header("Content-Type", "text/plain; charset=UTF-8")
                .header("x-amz-sns-message-type", type)
                .header("x-amz-sns-message-id", id)
                .header("x-amz-sns-topic-arn", to.topicArn())
                .header("x-amz-sns-subscription-arn", to.arn());
        if (to.raw()) {
            request.header("x-amz-sns-rawdelivery", "true");
        }
        var unused = http.sendAsync(
                        request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                        HttpResponse.BodyHandlers.discarding())
                .whenComplete((response, failure) -> {
                    if (failed(response, failure)) {
                        again(to, type, id, body, attempt);
                    }
                });
    }

    private static boolean failed(@Nullable HttpResponse<Void> response, @Nullable Throwable failure) {
        return failure != null || response == null || response.statusCode() / 100 != 2;
    }

    private void again(Subscription to, String type, String id, String body, int attempt) {
        if (attempt == HTTP_ATTEMPTS) {
            LOG.warn("{} is not delivered to {} after {} attempts", to.topicArn(), to.endpoint(), attempt);
            return;
        }
        CompletableFuture.delayedExecutor(HTTP_PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                .execute(() -> post(to, type, id, body, attempt + 1));
    }
}
