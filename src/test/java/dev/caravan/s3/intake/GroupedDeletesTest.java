package dev.caravan.s3.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.Message;

/** Deletions are few requests, and all of them are made before the stop. */
class GroupedDeletesTest {
    private static final int MESSAGES = 100;

    private final Landing landing = SharedSandbox.landing();
    private final AtomicInteger requests = new AtomicInteger();

    @Test
    void manyMessagesAreDeletedWithFewRequests_thoughOneIsUnknown_andItStopsAtOnce() {
        GroupedDeletes deletes = new GroupedDeletes(
                counting(SharedSandbox.get().sqs()),
                new LongPolls(SharedSandbox.get().sqs()));
        deletes.start();
        SqsClient client = deletes.client();
        List<DeleteMessageRequest> wanted = messages();
        client.deleteMessage(deletion("unknown"));
        wanted.forEach(client::deleteMessage);
        deletes.stop();
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
                    if (method.getName().equals("close")) {
                        return null; // the sandbox's own
                    }
                    if (method.getName().equals("deleteMessageBatch")) {
                        requests.incrementAndGet();
                    }
                    return method.invoke(client, arguments);
                });
    }
}
