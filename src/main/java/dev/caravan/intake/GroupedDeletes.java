package dev.caravan.intake;

import dev.caravan.batch.GroupCommit;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Deletes messages of one queue ten at a time where several threads want to at the same time: SQS asks the same price for one as for ten. Who
 * deletes hears of the deletion of its own message.
 */
public final class GroupedDeletes {
    /** SQS's limit for one request. */
    private static final int GROUP = 10;

    /** What a deletion waits for others, while they come. */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    /** Requests at a time: with more, groups get smaller. */
    private static final int AT_ONCE = 2;

    private final SqsClient client;
    private final GroupCommit<Deletion> commits =
            new GroupCommit<>(GROUP, PATIENCE, PATIENCE, AT_ONCE, this::deleteGroup);

    private GroupedDeletes(SqsClient client) {
        this.client = client;
    }

    /** A client that does what another does, and groups deletions. */
    public static SqsClient over(SqsClient client) {
        GroupedDeletes deletes = new GroupedDeletes(client);
        return (SqsClient) Proxy.newProxyInstance(
                GroupedDeletes.class.getClassLoader(), new Class<?>[] {SqsClient.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("deleteMessage")
                            && arguments[0] instanceof DeleteMessageRequest request) {
                        return deletes.delete(request);
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static final class Deletion extends GroupCommit.Wish {
        private final DeleteMessageRequest request;
        private @Nullable RuntimeException failure;

        Deletion(DeleteMessageRequest request) {
            this.request = request;
        }

        void done() {
            decide();
        }

        void fail(RuntimeException e) {
            failure = e;
            decide();
        }
    }

    private DeleteMessageResponse delete(DeleteMessageRequest request) {
        Deletion own = new Deletion(request);
        commits.submit(own);
        if (own.failure != null) {
            throw own.failure;
        }
        return DeleteMessageResponse.builder().build();
    }

    private void deleteGroup() {
        List<Deletion> group = new ArrayList<>(GROUP);
        for (Deletion next = commits.next(); next != null; next = group.size() < GROUP ? commits.next() : null) {
            group.add(next);
        }
        if (group.isEmpty()) {
            return;
        }
        commits.together(group.size());
        try {
            List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>(group.size());
            for (Deletion deletion : group) {
                entries.add(DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(deletion.request.receiptHandle())
                        .build());
            }
            String queue = group.get(0).request.queueUrl();
            Map<String, BatchResultErrorEntry> failed =
                    client.deleteMessageBatch(r -> r.queueUrl(queue).entries(entries)).failed().stream()
                            .collect(Collectors.toMap(BatchResultErrorEntry::id, Function.identity()));
            for (int i = 0; i < group.size(); i++) {
                BatchResultErrorEntry error = failed.get(Integer.toString(i));
                if (error == null) {
                    group.get(i).done();
                } else {
                    group.get(i).fail(refused(error));
                }
            }
        } catch (RuntimeException e) {
            group.forEach(deletion -> deletion.fail(e));
        }
    }

    private static RuntimeException refused(BatchResultErrorEntry error) {
        return SqsException.builder()
                .message(error.code() + ": " + error.message())
                .build();
    }
}
