package dev.caravan.ledger.dynamo;

import dev.caravan.base.aws.AwsProblem;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Calls that outlive DynamoDB's passing moods, and none that takes long: throttling, conflicts between transactions, lost connections. A write whose answer was
 * lost is recognised when it is repeated: a transaction by its token, any other by the mark that it left in its item.
 */
public final class Dynamo {
    /** As long as an SQS message stays invisible at the least: then the event comes again anyway. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A request without an answer is made again, on another connection: DynamoDB answers in milliseconds. */
    private static final Duration ATTEMPT = Duration.ofSeconds(3);

    /** With the SDK's own repetitions. */
    private static final Duration CALL = Duration.ofSeconds(8);

    /** Under which name requests say which step makes them. */
    static final String CARAVAN = "caravan";

    /** The attribute that names the write that an item has from. */
    static final String MARK = "mark";

    private static final Set<String> PASSING_REASONS =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    /** What is wrong with the one request, or with what it found: whoever asked has to know. All else is DynamoDB's, the account's or the credentials' trouble. */
    private static final Set<String> OF_THE_REQUEST = Set.of(
            "ConditionalCheckFailedException",
            "IdempotentParameterMismatchException",
            "ItemCollectionSizeLimitExceededException",
            "SerializationException",
            "TransactionCanceledException",
            "ValidationException");

    private Dynamo() {}

    /**
     * Runs a call until it answers, is refused for what it asks, or ten seconds are over.
     *
     * @throws LedgerUnavailable if it does neither, or if DynamoDB refuses whatever is asked: for want of a permission, of valid credentials, of a table
     */
    public static <T> T call(String what, Supplier<T> call) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long pause = 5;
        while (true) {
            try {
                return call.get();
            } catch (SdkException e) {
                if (isRefusal(e)) {
                    throw new LedgerUnavailable(
                            "DynamoDB does not let Caravan " + what + ": " + AwsProblem.inWords("DynamoDB", e)
                                    + (e instanceof ResourceNotFoundException
                                            ? ": create the ledger's tables (caravan setup), or correct caravan.ledger.table-prefix"
                                            : ""),
                            e,
                            true);
                }
                if (!passing(e)) {
                    throw e;
                }
                if (System.nanoTime() > end) {
                    throw new LedgerUnavailable(
                            "DynamoDB did not let Caravan " + what + " for " + PATIENCE.toSeconds() + " s: "
                                    + e.getMessage()
                                    + ". The event stays in the queue and comes again; check the network, the endpoint and"
                                    + " the tables' capacity",
                            e);
                }
                pause(pause);
                pause = Math.min(pause * 2, 500);
            }
        }
    }

    /**
     * All writes or none, at most once.
     *
     * @throws TransactionCanceledException if a condition doesn't hold
     * @throws LedgerUnavailable as {@link #call}
     */
    public static void transact(DynamoDbClient client, String step, String what, List<TransactWriteItem> writes) {
        String token = UUID.randomUUID().toString();
        call(
                what,
                () -> client.transactWriteItems(
                        r -> r.transactItems(writes).clientRequestToken(token).overrideConfiguration(step(step))));
    }

    /**
     * Changes an item, at most once.
     *
     * @param update with an expression that begins with {@code SET}, and a condition
     * @return the item as this update has left it
     * @throws ConditionalCheckFailedException if the condition doesn't hold
     * @throws LedgerUnavailable as {@link #call}
     */
    public static Map<String, AttributeValue> update(
            DynamoDbClient client, String step, String what, Consumer<UpdateItemRequest.Builder> update) {
        AttributeValue mark = mark();
        UpdateItemRequest asked =
                UpdateItemRequest.builder().applyMutation(update).build();
        Map<String, String> names = new HashMap<>(asked.expressionAttributeNames());
        names.put("#mark", MARK);
        Map<String, AttributeValue> values = new HashMap<>(asked.expressionAttributeValues());
        values.put(":mark", mark);
        UpdateItemRequest marked = asked.toBuilder()
                .updateExpression(asked.updateExpression().replaceFirst("^SET ", "SET #mark = :mark, "))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValues(ReturnValue.ALL_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .overrideConfiguration(step(step))
                .build();
        try {
            return call(what, () -> client.updateItem(marked)).attributes();
        } catch (ConditionalCheckFailedException e) {
            return own(e, mark);
        }
    }

    /**
     * Puts an item under a condition, at most once.
     *
     * @throws ConditionalCheckFailedException if the condition doesn't hold
     * @throws LedgerUnavailable as {@link #call}
     */
    public static void put(DynamoDbClient client, String step, String what, Consumer<PutItemRequest.Builder> put) {
        AttributeValue mark = mark();
        PutItemRequest asked = PutItemRequest.builder().applyMutation(put).build();
        Map<String, AttributeValue> item = new HashMap<>(asked.item());
        item.put(MARK, mark);
        PutItemRequest marked = asked.toBuilder()
                .item(item)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .overrideConfiguration(step(step))
                .build();
        try {
            call(what, () -> client.putItem(marked));
        } catch (ConditionalCheckFailedException e) {
            own(e, mark);
        }
    }

    private static AttributeValue mark() {
        return AttributeValue.fromS(Long.toString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX));
    }

    /** The item, if it was this very write that has left it as the condition didn't expect it: an earlier attempt's answer was lost. */
    private static Map<String, AttributeValue> own(ConditionalCheckFailedException e, AttributeValue mark) {
        if (e.hasItem() && mark.equals(e.item().get(MARK))) {
            return e.item();
        }
        throw e;
    }

    /** All items of a partition of the batches table that no feed can have, read consistently. */
    public static Consumer<QueryRequest.Builder> partition(LedgerSettings settings, String step, String partition) {
        return r -> r.tableName(settings.batches())
                .overrideConfiguration(step(step))
                .consistentRead(true)
                .keyConditionExpression("#feed = :partition")
                .expressionAttributeNames(Map.of("#feed", "feed"))
                .expressionAttributeValues(Map.of(":partition", AttributeValue.fromS(partition)));
    }

    /** Names a request after the step of the ledger that makes it, and bounds it: its user agent, which CloudTrail shows, has {@code caravan/<step>} in it. */
    public static Consumer<AwsRequestOverrideConfiguration.Builder> step(String step) {
        return configuration -> configuration
                .apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .addApiName(name -> name.name(CARAVAN).version(step));
    }

    private static boolean isRefusal(SdkException e) {
        return e instanceof DynamoDbException service
                && !passing(e)
                && service.awsErrorDetails() != null
                && !OF_THE_REQUEST.contains(
                        String.valueOf(service.awsErrorDetails().errorCode()));
    }

    private static boolean passing(SdkException e) {
        if (e instanceof TransactionCanceledException canceled) {
            List<CancellationReason> reasons = canceled.cancellationReasons();
            return reasons.stream().anyMatch(r -> PASSING_REASONS.contains(r.code()))
                    && reasons.stream().noneMatch(r -> "ConditionalCheckFailed".equals(r.code()));
        }
        if (e instanceof DynamoDbException service) {
            return service.isThrottlingException()
                    || service.statusCode() >= 500
                    || e instanceof TransactionConflictException
                    || e instanceof TransactionInProgressException;
        }
        return e instanceof SdkClientException;
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailable("interrupted while waiting for DynamoDB; this instance is stopping", e);
        }
    }
}
