package dev.caravan.ledger.notes;

import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.dynamo.Dynamo;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Which instance does what all plan for a time: the first that asks. Kept as items of the batches table, in a partition that no feed can have: a
 * feed's name has no {@code #}.
 */
public final class PlannedTurns {
    private static final String PARTITION = "#planned";

    private final DynamoDbClient client;
    private final LedgerSettings settings;

    public PlannedTurns(DynamoDbClient client, LedgerSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * Takes a turn.
     *
     * @param job what is planned, for example {@code housekeeping of cluster redshift}
     * @param planned when it was planned, which is the same for all instances
     * @return false if another instance has taken it, or a later one
     * @throws LedgerUnavailable as in {@link Ledger}
     */
    public boolean take(String job, Instant planned) {
        try {
            Dynamo.put(
                    client,
                    "planned-turn",
                    "take the turn for the " + job,
                    r -> r.tableName(settings.batches())
                            .item(Map.of(
                                    "feed",
                                    s(PARTITION),
                                    "batch",
                                    s(job),
                                    "planned",
                                    time(planned),
                                    "owner",
                                    s(settings.owner())))
                            .conditionExpression("attribute_not_exists(#planned) OR #planned < :planned")
                            .expressionAttributeNames(Map.of("#planned", "planned"))
                            .expressionAttributeValues(Map.of(":planned", time(planned))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }
}
