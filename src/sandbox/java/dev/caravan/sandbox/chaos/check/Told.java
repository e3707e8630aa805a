package dev.caravan.sandbox.chaos.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.run.RunFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What a person was told of batches and files. */
public final class Told {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Set<String> batches = new HashSet<>();
    private final Set<String> failedBatches = new HashSet<>();
    private final Set<String> setAside = new HashSet<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> moreSkipped = new HashSet<>();
    private final List<Hold> holds = new ArrayList<>();

    /** A cluster took no loads. */
    record Hold(String cluster, Instant since, String reason) {}

    /** Takes all messages from the queues that hear Caravan's topics. */
    public static Told of(SqsClient sqs, Landing landing) {
        Told told = new Told();
        for (String queueUrl : List.of(landing.loadedQueueUrl(), landing.failedQueueUrl())) {
            List<Message> messages;
            do {
                messages = sqs.receiveMessage(r -> r.queueUrl(queueUrl).maxNumberOfMessages(10))
                        .messages();
                for (Message message : messages) {
                    told.hear(message.body());
                    sqs.deleteMessage(r -> r.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
                }
            } while (!messages.isEmpty());
        }
        return told;
    }

    /** @param body what SNS put into a queue: its envelope with Caravan's message in it */
    void hear(String body) {
        try {
            JsonNode message = JSON.readTree(JSON.readTree(body).path("Message").asText());
            if (message.path("what").asText().equals("held")) {
                holds.add(new Hold(
                        message.path("cluster").asText(),
                        Instant.parse(message.path("since").asText()),
                        message.path("reason").asText()));
            }
            if (!message.has("batchId")) {
                return; // of a cluster
            }
            batches.add(message.path("batchId").asText());
            boolean failed = message.path("status").asText().equals("error");
            if (failed && !message.path("error").asText("").isEmpty()) {
                failedBatches.add(message.path("batchId").asText());
            }
            message.path("quarantined")
                    .forEach(file -> setAside.add(file.path("file").asText()));
            collect(failed ? message : message.findPath("quarantined"), failures);
            message.path("clusters").forEach(cluster -> {
                JsonNode skipped = cluster.path("skipped");
                if (skipped.path("files").asInt() > skipped.path("first").size()) {
                    moreSkipped.add(message.path("batchId").asText());
                }
            });
            if (!message.path("severity").asText("info").equals("info")) {
                collect(message, warnings);
            }
        } catch (JsonProcessingException e) {
            throw new RunFailure("A message of Caravan's is not JSON", e);
        }
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(child -> collect(child, texts));
    }

    List<Hold> holds() {
        return holds;
    }

    /** Whether there was any message about the batch. */
    boolean about(String batch) {
        return batches.contains(batch);
    }

    /** Whether a message names the file, or says why its batch failed. */
    boolean failed(String url, String batch) {
        return failedBatches.contains(batch) || failures.stream().anyMatch(text -> text.contains(url));
    }

    /** Whether a message that warns of something names the file. */
    boolean warned(String url) {
        return warnings.stream().anyMatch(text -> text.contains(url));
    }

    /** Whether the batch's message counts more files of which rows were left out than it names: it names ten. */
    boolean countsMoreSkipped(String batch) {
        return moreSkipped.contains(batch);
    }

    /** Whether a message says that the file was set aside. */
    boolean setAside(String url) {
        return setAside.contains(url);
    }
}
