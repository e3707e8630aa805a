package dev.caravan.intake;

import dev.caravan.batch.Companions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final Queue<Deletion> waiting = new ConcurrentLinkedQueue<>();
    private final Companions companions = new Companions(GROUP, PATIENCE);
    private final Semaphore turns = new Semaphore(AT_ONCE);

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

    private record Deletion(
            DeleteMessageRequest request, AtomicBoolean taken, CompletableFuture<DeleteMessageResponse> answer) {}

    private DeleteMessageResponse delete(DeleteMessageRequest request) {
        Deletion own = new Deletion(request, new AtomicBoolean(), new CompletableFuture<>());
        waiting.add(own);
        companions.arrived();
        turns.acquireUninterruptibly();
        try {
            // Another thread may have taken it along meanwhile; its answer is then on the way.
            while (!own.taken().get()) {
                companions.await();
                deleteGroup();
            }
        } finally {
            turns.release();
        }
        try {
            return own.answer().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void deleteGroup() {
        List<Deletion> group = new ArrayList<>(GROUP);
        while (group.size() < GROUP) {
            Deletion next = waiting.poll();
            if (next == null) {
                break;
            }
            companions.left();
            next.taken().set(true);
            group.add(next);
        }
        if (group.isEmpty()) {
            return;
        }
        companions.together(group.size());
        try {
            List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>(group.size());
            for (Deletion deletion : group) {
                entries.add(DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(deletion.request().receiptHandle())
                        .build());
            }
            String queue = group.get(0).request().queueUrl();
            for (BatchResultErrorEntry failed : client.deleteMessageBatch(
                            r -> r.queueUrl(queue).entries(entries))
                    .failed()) {
                group.get(Integer.parseInt(failed.id()))
                        .answer()
                        .completeExceptionally(SqsException.builder()
                                .message(failed.code() + ": " + failed.message())
                                .build());
            }
            group.forEach(deletion ->
                    deletion.answer().complete(DeleteMessageResponse.builder().build()));
        } catch (RuntimeException e) {
            group.forEach(deletion -> deletion.answer().completeExceptionally(e));
        }
    }
}
