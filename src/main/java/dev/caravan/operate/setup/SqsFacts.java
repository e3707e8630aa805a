package dev.caravan.operate.setup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.startup.aws.AwsCheck;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * A queue that is there.
 *
 * @param name its name
 * @param visibility seconds for which a message stays invisible, unless its receiver says otherwise
 * @param deadLetters the ARN of the queue to which messages go that were received too often
 * @param key the KMS key with which it is encrypted, by id, ARN or alias; empty for none, or for SQS's own keys
 * @param policy who may use it, a policy's JSON; an object without statements if it has none
 */
public record SqsFacts(
        String name,
        String url,
        String arn,
        long visibility,
        Optional<String> deadLetters,
        Optional<String> key,
        JsonNode policy) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Looks a queue up by its name or ARN; throws {@link AwsRefused} if SQS can't be asked. */
    public static Optional<SqsFacts> find(SqsClient sqs, String nameOrArn) {
        String name = nameOrArn.substring(nameOrArn.lastIndexOf(':') + 1);
        return AwsRefused.unless("SQS", "look at queue " + name, () -> {
            try {
                return Optional.of(of(sqs, name, AwsCheck.queueUrl(sqs, nameOrArn)));
            } catch (QueueDoesNotExistException e) {
                return Optional.empty();
            }
        });
    }

    private static SqsFacts of(SqsClient sqs, String name, String url) {
        Map<String, String> attributes = sqs.getQueueAttributes(
                        r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributesAsStrings();
        JsonNode redrive = json(attributes.getOrDefault("RedrivePolicy", ""));
        return new SqsFacts(
                name,
                url,
                attributes.getOrDefault("QueueArn", ""),
                Long.parseLong(attributes.getOrDefault("VisibilityTimeout", "30")),
                Optional.of(redrive.path("deadLetterTargetArn").asText()).filter(arn -> !arn.isEmpty()),
                Optional.of(attributes.getOrDefault("KmsMasterKeyId", "")).filter(key -> !key.isEmpty()),
                json(attributes.getOrDefault("Policy", "")));
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("SQS answers with what is not JSON: " + text, e);
        }
    }
}
