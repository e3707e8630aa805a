package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.sandbox.aws.TableById;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

@ExtendWith(SandboxExtension.class)
class DynamoDbTest {
    private static int tests;

    private final DynamoDbClient dynamoDb;
    private final String table = "table-" + tests++;

    DynamoDbTest(Sandbox sandbox) {
        dynamoDb = sandbox.dynamoDb();
        TableById.create(dynamoDb, table);
    }

    static Map<String, AttributeValue> id(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    @Test
    void aTransactionWhoseConditionsHoldWritesEverything() {
        dynamoDb.transactWriteItems(r -> r.transactItems(putNew("file"), count("batch")));

        assertThat(dynamoDb.getItem(r -> r.tableName(table).key(id("file"))).hasItem())
                .isTrue();
        assertCounted(1);
    }

    @Test
    void aTransactionWhoseConditionFailsWritesNothingAndSaysWhichFailed() {
        dynamoDb.transactWriteItems(r -> r.transactItems(putNew("file"), count("batch")));

        TransactionCanceledException e = catchThrowableOfType(
                TransactionCanceledException.class,
                () -> dynamoDb.transactWriteItems(r -> r.transactItems(count("batch"), putNew("file"))));

        assertThat(e.cancellationReasons())
                .extracting(reason -> reason.code())
                .containsExactly("None", "ConditionalCheckFailed");
        assertCounted(1);
    }

    private void assertCounted(int files) {
        assertThat(dynamoDb.getItem(r -> r.tableName(table).key(id("batch")).consistentRead(true))
                        .item())
                .containsEntry("files", AttributeValue.fromN(Integer.toString(files)));
    }

    private TransactWriteItem putNew(String id) {
        return TransactWriteItem.builder()
                .put(p -> p.tableName(table).item(id(id)).conditionExpression("attribute_not_exists(id)"))
                .build();
    }

    private TransactWriteItem count(String id) {
        return TransactWriteItem.builder()
                .update(u -> u.tableName(table)
                        .key(id(id))
                        .updateExpression("ADD files :one")
                        .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))))
                .build();
    }
}
