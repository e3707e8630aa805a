package dev.caravan.ledger.read;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.dynamo.Dynamo;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Whether the ledger lets this instance write, which reading doesn't tell: permissions are given, and capacity is bought, for each. Asks for a write of each
 * table under a condition that never holds, so that nothing is written.
 */
public final class LedgerLook implements Runnable {
    private static final AttributeValue NOTHING = s("#nothing");

    private final DynamoDbClient client;
    private final LedgerSettings settings;

    public LedgerLook(DynamoDbClient client, LedgerSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * Looks.
     *
     * @throws LedgerUnavailable if it doesn't
     */
    @Override
    public void run() {
        try {
            Dynamo.transact(
                    client,
                    "look",
                    "write to its tables",
                    List.of(
                            never(settings.files(), Map.of("object", NOTHING, "version", NOTHING)),
                            never(settings.batches(), Map.of("feed", NOTHING, "batch", NOTHING)),
                            never(settings.entries(), Map.of("batch", NOTHING, "sequence", n(0)))));
        } catch (TransactionCanceledException e) {
            // As it must be: nothing has such a key.
        }
    }

    private static TransactWriteItem never(String table, Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(p -> p.tableName(table).item(item).conditionExpression("attribute_exists(nothing)"))
                .build();
    }
}
