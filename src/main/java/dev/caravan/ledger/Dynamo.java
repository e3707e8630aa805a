package dev.caravan.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Calls that outlive DynamoDB's passing moods: throttling, conflicts between transactions, lost connections. The SDK retries
 * some of them a few times; a canceled transaction it never retries.
 */
final class Dynamo {
    /** As long as an SQS message stays invisible at the least: then the event comes again anyway. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Under which name requests say which step makes them. */
    static final String CARAVAN = "caravan";

    private static final Set<String> PASSING_REASONS =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private Dynamo() {}

    /**
     * Runs a call until it answers, is refused for good, or ten seconds are over.
     *
     * @throws LedgerUnavailable if it does neither
     */
    static <T> T call(String what, Supplier<T> call) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long pause = 5;
        while (true) {
            try {
                return call.get();
            } catch (SdkException e) {
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

    /** Names a request after the step of the ledger that makes it: its user agent, which CloudTrail shows, has {@code caravan/<step>} in it. */
    static Consumer<AwsRequestOverrideConfiguration.Builder> step(String step) {
        return configuration ->
                configuration.addApiName(name -> name.name(CARAVAN).version(step));
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
