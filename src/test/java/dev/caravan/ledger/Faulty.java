package dev.caravan.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What real DynamoDB does and DynamoDB Local never: conflicts between transactions, and answers that are lost after the write was made. */
final class Faulty {
    private final AtomicInteger conflicts = new AtomicInteger();
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private final DynamoDbClient client;

    Faulty(DynamoDbClient real) {
        client = (DynamoDbClient) Proxy.newProxyInstance(
                Faulty.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    boolean transaction = method.getName().equals("transactWriteItems");
                    if (transaction && conflicts.get() > 0 && conflicts.getAndDecrement() > 0) {
                        throw TransactionCanceledException.builder()
                                .message("injected")
                                .cancellationReasons(CancellationReason.builder()
                                        .code("TransactionConflict")
                                        .build())
                                .build();
                    }
                    Object answer;
                    try {
                        answer = method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (transaction && lostAnswers.get() > 0 && lostAnswers.getAndDecrement() > 0) {
                        throw SdkClientException.create("injected: the answer to "
                                + TransactWriteItemsRequest.class.getSimpleName() + " is lost");
                    }
                    return answer;
                });
    }

    DynamoDbClient client() {
        return client;
    }

    void conflicts(int times) {
        conflicts.set(times);
    }

    void lostAnswers(int times) {
        lostAnswers.set(times);
    }

    int left() {
        return conflicts.get() + lostAnswers.get();
    }
}
