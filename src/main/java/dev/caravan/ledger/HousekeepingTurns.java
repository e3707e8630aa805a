package dev.caravan.ledger;

import static dev.caravan.ledger.Items.s;
import static dev.caravan.ledger.Items.time;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Which instance does a cluster's housekeeping at a planned time: the first that asks. Kept as items of the batches table, in a partition that no feed
 * can have: a feed's name has no {@code #}.
 */
public final class HousekeepingTurns {
    private static final String PARTITION = "#housekeeping";

    private final DynamoDbClient client;
    private final LedgerSettings settings;

    public HousekeepingTurns(DynamoDbClient client, LedgerSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * Takes a cluster's turn.
     *
     * @param planned when it was planned, which is the same for all instances
     * @return false if another instance has taken it, or a later one
     * @throws LedgerUnavailable as in {@link Ledger}
     */
    public boolean take(String cluster, Instant planned) {
        try {
            Dynamo.call(
                    "note the housekeeping of cluster " + cluster,
                    () -> client.putItem(r -> r.tableName(settings.batches())
                            .overrideConfiguration(Dynamo.step("housekeeping"))
                            .item(Map.of(
                                    "feed",
                                    s(PARTITION),
                                    "batch",
                                    s(cluster),
                                    "planned",
                                    time(planned),
                                    "owner",
                                    s(settings.owner())))
                            .conditionExpression("attribute_not_exists(#planned) OR #planned < :planned")
                            .expressionAttributeNames(Map.of("#planned", "planned"))
                            .expressionAttributeValues(Map.of(":planned", time(planned)))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }
}
