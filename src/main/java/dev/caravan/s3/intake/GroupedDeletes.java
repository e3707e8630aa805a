package dev.caravan.s3.intake;

import dev.caravan.base.Quantity;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * Deletes messages of one queue ten at a time, a moment later than it is asked to: SQS asks the same price for one as for ten, and nobody needs to
 * wait for it. A message that isn't deleted comes again, and its files are known then. What is still to be deleted when it stops is
 * deleted then.
 */
public final class GroupedDeletes extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(GroupedDeletes.class);

    /** SQS's limit for one request. */
    private static final int GROUP = 10;

    /** What a deletion waits for others, while they come. */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    /** Requests at a time: with more, groups get smaller. */
    private static final int AT_ONCE = 2;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    /** Behind it nothing comes. */
    private static final DeleteMessageRequest LAST =
            DeleteMessageRequest.builder().build();

    private final SqsClient client;
    private final LongPolls polls;
    private final BlockingQueue<DeleteMessageRequest> waiting = new LinkedBlockingQueue<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, GroupedDeletes::daemon);

    /**
     * @param client closed when this stops
     * @param polls receive what is received
     */
    public GroupedDeletes(SqsClient client, LongPolls polls) {
        this.client = client;
        this.polls = polls;
    }

    /** A client that does what the ones below do, and groups deletions. */
    public SqsClient client() {
        return (SqsClient) Proxy.newProxyInstance(
                GroupedDeletes.class.getClassLoader(),
                new Class<?>[] {SqsClient.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    @Override
    protected void doStart() {
        for (int i = 0; i < AT_ONCE; i++) {
            workers.execute(this::work);
        }
    }

    @Override
    protected void doStop() {
        finish();
        client.close();
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("deleteMessage") && arguments[0] instanceof DeleteMessageRequest request) {
            waiting.add(request);
            return DeleteMessageResponse.builder().build();
        }
        if (method.getName().equals("receiveMessage") && arguments[0] instanceof ReceiveMessageRequest request) {
            return polls.receive(request);
        }
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void work() {
        List<DeleteMessageRequest> group = new ArrayList<>(GROUP);
        boolean crowded = false;
        try {
            for (DeleteMessageRequest next = waiting.take(); !LAST.equals(next); next = waiting.take()) {
                long end = System.nanoTime() + (crowded ? PATIENCE.toNanos() : 0);
                while (next != null && !LAST.equals(next)) {
                    group.add(next);
                    next = group.size() < GROUP
                            ? waiting.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                            : null;
                }
                crowded = group.size() > 1;
                delete(group);
                group.clear();
                if (LAST.equals(next)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    private void delete(List<DeleteMessageRequest> group) {
        try {
            List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>(group.size());
            for (DeleteMessageRequest deletion : group) {
                entries.add(DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(deletion.receiptHandle())
                        .build());
            }
            String queue = group.get(0).queueUrl();
            for (BatchResultErrorEntry refused : client.deleteMessageBatch(
                            r -> r.queueUrl(queue).entries(entries))
                    .failed()) {
                LOG.warn(
                        "SQS did not delete a message, which will come again: {}: {}",
                        refused.code(),
                        refused.message());
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "SQS did not delete {}, which will come again: {}",
                    Quantity.count(group.size(), "message"),
                    e.getMessage());
        }
    }

    private void finish() {
        for (int i = 0; i < AT_ONCE; i++) {
            waiting.add(LAST);
        }
        workers.shutdown();
        try {
            if (!workers.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("SQS takes long to delete messages: {} are not deleted and will come again", waiting.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "CaravanDeletes");
        thread.setDaemon(true);
        return thread;
    }
}
