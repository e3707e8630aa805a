package dev.caravan.ledger.dynamo;

import dev.caravan.ledger.LedgerSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The ledger's three tables, as they must be: their keys can't be changed later. */
public final class LedgerTables {
    /** Lists batches by phase ({@code live}, {@code held}, {@code complete}, {@code error}) and the time at which they want attention, or ended. */
    public static final String BY_PHASE = "by-phase";

    private static final Logger LOG = LoggerFactory.getLogger(LedgerTables.class);

    private LedgerTables() {}

    /** Creates what is missing, all tables at once, and waits until they can be used. */
    public static void create(DynamoDbClient client, LedgerSettings settings) {
        List<String> missing = List.of(
                        table(settings.files(), "object", "version", ScalarAttributeType.S),
                        table(settings.entries(), "batch", "sequence", ScalarAttributeType.N),
                        batches(settings.batches()))
                .stream()
                .filter(table -> !exists(client, table.tableName()))
                .map(table -> {
                    LOG.info("Creating DynamoDB table {}", table.tableName());
                    try {
                        client.createTable(table);
                    } catch (ResourceInUseException anotherInstanceIsCreatingIt) {
                        LOG.debug("Table {} is being created by another instance", table.tableName());
                    }
                    return table.tableName();
                })
                .toList();
        for (String table : missing) {
            client.waiter()
                    .waitUntilTableExists(
                            r -> r.tableName(table),
                            o -> o.backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(200)))
                                    .maxAttempts(600));
            expire(client, table);
        }
    }

    private static void expire(DynamoDbClient client, String table) {
        try {
            client.updateTimeToLive(r -> r.tableName(table)
                    .timeToLiveSpecification(t -> t.attributeName(Items.EXPIRES).enabled(true)));
        } catch (DynamoDbException e) {
            LOG.warn(
                    "Table {} has no time to live, so its items are kept for ever (or another instance has just set it): {}",
                    table,
                    e.getMessage());
        }
    }

    private static boolean exists(DynamoDbClient client, String table) {
        try {
            client.describeTable(r -> r.tableName(table));
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    private static CreateTableRequest table(String name, String hash, String range, ScalarAttributeType rangeType) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(List.of(attribute(hash, ScalarAttributeType.S), attribute(range, rangeType)))
                .keySchema(key(hash, range))
                .build();
    }

    private static CreateTableRequest batches(String name) {
        CreateTableRequest table = table(name, "feed", "batch", ScalarAttributeType.S);
        List<AttributeDefinition> attributes = Stream.of("feed", "batch", "phase", "time")
                .map(attribute -> attribute(attribute, ScalarAttributeType.S))
                .toList();
        GlobalSecondaryIndex byPhase = GlobalSecondaryIndex.builder()
                .indexName(BY_PHASE)
                .keySchema(key("phase", "time"))
                .projection(p -> p.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("id", "key", "status"))
                .build();
        return table.toBuilder()
                .attributeDefinitions(attributes)
                .globalSecondaryIndexes(List.of(byPhase))
                .build();
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static List<KeySchemaElement> key(String hash, String range) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(hash)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(range)
                        .keyType(KeyType.RANGE)
                        .build());
    }
}
