package dev.caravan.sandbox.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.sandbox.run.RunFailure;
import java.time.Instant;
import java.util.Optional;

/**
 * What Caravan said about a batch over SNS.
 *
 * @param loaded whether it was loaded; else it failed
 * @param files in the batch
 * @param ended when the batch ended
 * @param error why it failed; empty if it didn't
 */
record Notification(String subject, String batch, String feed, boolean loaded, int files, Instant ended, String error) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Empty if that is about a cluster, and not about a batch.
     *
     * @param body a message that SNS put into a queue: its envelope with Caravan's message in it
     */
    static Optional<Notification> of(String body) {
        try {
            JsonNode envelope = JSON.readTree(body);
            JsonNode message = JSON.readTree(envelope.path("Message").asText());
            if (!message.has("batchId")) {
                return Optional.empty();
            }
            return Optional.of(new Notification(
                    envelope.path("Subject").asText(),
                    message.path("batchId").asText(),
                    message.path("feed").asText(),
                    message.path("status").asText().equals("complete"),
                    message.path("files").asInt(),
                    Instant.parse(message.path("ended").asText()),
                    message.path("error").asText("")));
        } catch (JsonProcessingException e) {
            throw new RunFailure("A message of Caravan's is not JSON", e);
        }
    }
}
