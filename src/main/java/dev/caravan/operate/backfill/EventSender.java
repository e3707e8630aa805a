package dev.caravan.operate.backfill;

import dev.caravan.base.aws.AwsRefused;
import dev.caravan.s3.event.EventWriter;
import dev.caravan.s3.event.ObjectCreated;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Tells the queue of objects as S3 would, several in a message and ten messages in a request, no faster than a rate. */
public final class EventSender {
    private static final int MESSAGES = 10;
    private static final int RECORDS = 20;

    /** Of one message: ten of them fit into a request of 256 KB. */
    private static final int BYTES = 20_000;

    private static final int TRIES = 5;

    private final SqsClient sqs;
    private final String queueUrl;
    private final Pace pace;
    private final int mostAtOnce;
    private final List<String> records = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private int bytes;
    private int waiting;
    private long sent;

    /** @param perSecond objects */
    public EventSender(SqsClient sqs, String queueUrl, double perSecond) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        pace = new Pace(perSecond);
        mostAtOnce = (int) Math.max(1, Math.min(MESSAGES * RECORDS, perSecond));
    }

    /**
     * Sends an object, sooner or later.
     *
     * @return how many objects are sent by now
     * @throws AwsRefused if SQS refuses a message, or can't be reached
     */
    public long add(ObjectCreated object) {
        String record = EventWriter.record(object);
        int size = record.getBytes(StandardCharsets.UTF_8).length + 1;
        if (records.size() == RECORDS || bytes + size > BYTES) {
            close();
        }
        records.add(record);
        bytes += size;
        waiting++;
        if (waiting >= mostAtOnce) {
            flush();
        }
        return sent;
    }

    /** Sends what is left; returns how many objects were sent in all. Throws as {@link #add}. */
    public long flush() {
        close();
        if (!messages.isEmpty()) {
            request();
        }
        return sent;
    }

    /** How many objects are sent. */
    public long sent() {
        return sent;
    }

    private void close() {
        if (!records.isEmpty()) {
            messages.add(EventWriter.message(records));
            records.clear();
            bytes = 0;
            if (messages.size() == MESSAGES) {
                request();
            }
        }
    }

    private void request() {
        pace.take(waiting);
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String message : messages) {
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .messageBody(message)
                    .build());
        }
        AwsRefused.unless("SQS", "send to " + queueUrl, () -> send(entries));
        messages.clear();
        sent += waiting;
        waiting = 0;
    }

    /** SQS may take some of a request and refuse others for a moment. */
    private int send(List<SendMessageBatchRequestEntry> entries) {
        List<SendMessageBatchRequestEntry> left = entries;
        for (int tries = 1; ; tries++) {
            var now = left;
            List<BatchResultErrorEntry> failed =
                    sqs.sendMessageBatch(r -> r.queueUrl(queueUrl).entries(now)).failed();
            if (failed.isEmpty()) {
                return tries;
            }
            if (tries == TRIES) {
                throw SqsException.builder()
                        .message(failed.get(0).code() + ", " + failed.get(0).message())
                        .build();
            }
            Set<String> ids = failed.stream().map(BatchResultErrorEntry::id).collect(Collectors.toSet());
            left = now.stream().filter(entry -> ids.contains(entry.id())).toList();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200L * tries));
        }
    }
}
