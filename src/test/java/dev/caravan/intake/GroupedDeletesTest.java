package dev.caravan.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Deletions of several threads are one request, and each thread hears of its own. */
class GroupedDeletesTest {
    private static final int MESSAGES = 100;

    private final Landing landing = SharedSandbox.landing();
    private final AtomicInteger requests = new AtomicInteger();

    @Test
    void manyMessagesAreDeletedWithFewRequests_andAnUnknownOneFailsAlone() throws Exception {
        SqsClient grouped = GroupedDeletes.over(counting(SharedSandbox.get().sqs()));
        List<DeleteMessageRequest> deletions = messages();
        CountDownLatch all = new CountDownLatch(deletions.size());
        ExecutorService threads = Executors.newFixedThreadPool(deletions.size());
        try {
            List<Future<?>> done = new ArrayList<>();
            for (DeleteMessageRequest deletion : deletions) {
                done.add(threads.submit(() -> {
                    all.countDown();
                    all.await();
                    return grouped.deleteMessage(deletion);
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThatThrownBy(() -> grouped.deleteMessage(deletion("unknown"))).isInstanceOf(SqsException.class);
        assertThat(requests.get()).isBetween(MESSAGES / 10, MESSAGES / 2);
        assertThat(SharedSandbox.get()
                        .sqs()
                        .getQueueAttributes(
                                r -> r.queueUrl(landing.deadLetterQueueUrl()).attributeNamesWithStrings("All"))
                        .attributesAsStrings())
                .containsEntry("ApproximateNumberOfMessages", "0")
                .containsEntry("ApproximateNumberOfMessagesNotVisible", "0");
    }

    private List<DeleteMessageRequest> messages() {
        SqsClient sqs = SharedSandbox.get().sqs();
        for (int i = 0; i < MESSAGES; i++) {
            String body = "message " + i;
            sqs.sendMessage(r -> r.queueUrl(landing.deadLetterQueueUrl()).messageBody(body));
        }
        List<DeleteMessageRequest> deletions = new ArrayList<>();
        while (deletions.size() < MESSAGES) {
            for (Message message : sqs.receiveMessage(r -> r.queueUrl(landing.deadLetterQueueUrl())
                            .maxNumberOfMessages(10)
                            .visibilityTimeout(60))
                    .messages()) {
                deletions.add(deletion(message.receiptHandle()));
            }
        }
        return deletions;
    }

    private DeleteMessageRequest deletion(String receipt) {
        return DeleteMessageRequest.builder()
                .queueUrl(landing.deadLetterQueueUrl())
                .receiptHandle(receipt)
                .build();
    }

    private SqsClient counting(SqsClient client) {
        return (SqsClient) Proxy.newProxyInstance(
                SqsClient.class.getClassLoader(), new Class<?>[] {SqsClient.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("deleteMessageBatch")) {
                        requests.incrementAndGet();
                    }
                    return method.invoke(client, arguments);
                });
    }
}
