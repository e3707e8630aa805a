package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.aws.s3.ObjectCreated;
import dev.caravan.sandbox.aws.s3.S3EventMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** S3's events for files that nobody has put: into the queue they go as S3 sends them, one file a message. Any thread may send. */
final class Events {
    /** SQS takes no more in one call. */
    static final int MOST = 10;

    private static final int BYTES_OF_A_FILE = 1_000;

    private final SqsClient sqs;
    private final String queueUrl;
    private final String bucket;
    private final List<BenchFeed> feeds;
    private final int keyLength;
    private final S3EventMessage messages = new S3EventMessage();
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final Queue<String> urls = new ConcurrentLinkedQueue<>();

    Events(SqsClient sqs, String queueUrl, String bucket, List<BenchFeed> feeds, int keyLength) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.bucket = bucket;
        this.feeds = feeds;
        this.keyLength = keyLength;
    }

    /**
     * Sends the events of some files; file number n is feed n's, modulo the number of feeds.
     *
     * @param run tells these files from those of other runs
     * @param from the first file's number
     * @param to behind the last one's; {@link #MOST} more at most
     */
    void send(String run, int from, int to) {
        List<SendMessageBatchRequestEntry> entries = IntStream.range(from, to)
                .mapToObj(file -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(file))
                        .messageBody(body(run, file))
                        .build())
                .toList();
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        SendMessageBatchResponse answer =
                sqs.sendMessageBatch(r -> r.queueUrl(queueUrl).entries(entries));
        if (answer.hasFailed() && !answer.failed().isEmpty()) {
            throw new IllegalStateException(
                    "SQS refuses events: " + answer.failed().get(0).message());
        }
        answer.successful().forEach(entry -> sent.put(entry.messageId(), now));
    }

    private String body(String run, int file) {
        String key = feeds.get(file % feeds.size()).key(run, file, keyLength);
        urls.add("s3://" + bucket + "/" + key);
        String eTag = "%032x".formatted(key.hashCode() & 0xffffffffL);
        return messages.created(
                List.of(new ObjectCreated("ObjectCreated:Put", bucket, key, BYTES_OF_A_FILE, eTag, Optional.empty())),
                "caravan");
    }

    /** When each was sent, microseconds since 1970, by the message's id. */
    Map<String, Long> sent() {
        return Map.copyOf(sent);
    }

    /** Of all files that were told of. */
    List<String> urls() {
        return List.copyOf(urls);
    }
}
