package dev.caravan.sandbox.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.aws.SnsRequest.Attribute;
import dev.caravan.sandbox.aws.SnsTopics.Subscription;
import dev.caravan.sandbox.parts.Account;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A published message, and its wording for one subscriber. A subject has no line breaks or control characters, and less than 100 characters:
 * <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>.
 */
record SnsMessage(
        String id,
        String topicArn,
        Optional<String> subject,
        String text,
        boolean perProtocol,
        Map<String, Attribute> attributes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 256 * 1024, LONGEST_SUBJECT = 99;

    static SnsMessage of(String topicArn, SnsRequest request) {
        String text = request.get("Message");
        Optional<String> subject = request.find("Subject");
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw SnsError.invalid("Message too long");
        }
        if (subject.isPresent()
                && (subject.get().isEmpty()
                        || subject.get().length() > LONGEST_SUBJECT
                        || subject.get().chars().anyMatch(Character::isISOControl))) {
            throw SnsError.invalid("Subject");
        }
        boolean perProtocol = request.find("MessageStructure").equals(Optional.of("json"));
        if (perProtocol && !read(text).has("default")) {
            throw SnsError.invalid("Message Structure - No default entry in JSON message body");
        }
        return new SnsMessage(
                UUID.randomUUID().toString(), topicArn, subject, text, perProtocol, request.messageAttributes());
    }

    String body(Subscription to, String snsUrl) {
        return to.raw() ? textFor(to) : envelope(to, snsUrl);
    }

    private String textFor(Subscription to) {
        if (!perProtocol) {
            return text;
        }
        JsonNode texts = read(text);
        return texts.path(texts.has(to.protocol()) ? to.protocol() : "default").asText();
    }

    private String envelope(Subscription to, String snsUrl) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("Type", "Notification").put("MessageId", id).put("TopicArn", topicArn);
        subject.ifPresent(s -> envelope.put("Subject", s));
        envelope.put("Message", textFor(to));
        sign(envelope);
        envelope.put("UnsubscribeURL", snsUrl + "/?Action=Unsubscribe&SubscriptionArn=" + to.arn());
        if (!attributes.isEmpty()) {
            ObjectNode all = envelope.putObject("MessageAttributes");
            attributes.forEach((name, attribute) ->
                    all.putObject(name).put("Type", attribute.type()).put("Value", attribute.value()));
        }
        return envelope.toString();
    }

    /** What an HTTP endpoint gets first, and must answer by visiting the URL in it. */
    static String confirmation(Subscription to, String snsUrl) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("Type", "SubscriptionConfirmation")
                .put("MessageId", UUID.randomUUID().toString());
        envelope.put("Token", to.token()).put("TopicArn", to.topicArn());
        envelope.put(
                "Message",
                "You have chosen to subscribe to the topic %s.\nTo confirm the subscription, visit the SubscribeURL included in this message."
                        .formatted(to.topicArn()));
        envelope.put(
                "SubscribeURL",
                snsUrl + "/?Action=ConfirmSubscription&TopicArn=" + to.topicArn() + "&Token=" + to.token());
        sign(envelope);
        return envelope.toString();
    }

    private static void sign(ObjectNode envelope) {
        envelope.put("Timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        envelope.put("SignatureVersion", "1").put("Signature", "SANDBOX");
        envelope.put(
                "SigningCertURL",
                "https://sns." + Account.REGION + ".amazonaws.com/SimpleNotificationService-sandbox.pem");
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw SnsError.invalid("Message Structure - JSON message body failed to parse");
        }
    }
}
