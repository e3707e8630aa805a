package dev.caravan.sandbox.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.run.RunFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** What Caravan tells its subscribers: the batches that have been loaded, and their manifests. */
final class Endings {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST = 10;

    private final SqsClient sqs;
    private final Landing landing;
    private final Map<String, Ended> batches = new LinkedHashMap<>();

    Endings(SqsClient sqs, Landing landing) {
        this.sqs = sqs;
        this.landing = landing;
    }

    /**
     * Takes what was told since. Throws {@link RunFailure} if a batch has failed.
     *
     * @return files of all loaded batches so far
     */
    long files() {
        receive(landing.loadedQueueUrl());
        receive(landing.failedQueueUrl());
        return batches.values().stream().mapToLong(Ended::files).sum();
    }

    List<Ended> batches() {
        return List.copyOf(batches.values());
    }

    private void receive(String queueUrl) {
        List<Message> messages;
        do {
            messages = sqs.receiveMessage(r -> r.queueUrl(queueUrl).maxNumberOfMessages(MOST))
                    .messages();
            messages.forEach(message -> read(message.body()));
            if (!messages.isEmpty()) {
                List<DeleteMessageBatchRequestEntry> done = messages.stream()
                        .map(message -> DeleteMessageBatchRequestEntry.builder()
                                .id(message.messageId())
                                .receiptHandle(message.receiptHandle())
                                .build())
                        .toList();
                sqs.deleteMessageBatch(r -> r.queueUrl(queueUrl).entries(done));
            }
        } while (!messages.isEmpty());
    }

    private void read(String body) {
        try {
            JsonNode message = JSON.readTree(JSON.readTree(body).path("Message").asText());
            if (!message.path("what").asText().equals("loaded")) {
                throw new RunFailure("Caravan says that something went wrong: " + message);
            }
            batches.put(
                    message.path("batchId").asText(),
                    new Ended(
                            message.path("files").asLong(),
                            message.path("originalManifest").asText(),
                            message.path("clusters").path(0).path("millis").asLong()));
        } catch (JsonProcessingException e) {
            throw new RunFailure("A message of Caravan's is not JSON", e);
        }
    }

    /**
     * A batch that was loaded.
     *
     * @param manifest its URL
     * @param copyMillis of the attempt that loaded it
     */
    record Ended(long files, String manifest, long copyMillis) {}
}
