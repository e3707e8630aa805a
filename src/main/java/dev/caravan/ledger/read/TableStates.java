package dev.caravan.ledger.read;

import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.Items;
import dev.caravan.ledger.dynamo.LedgerTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Which of the ledger's tables are there, and what they lack. */
public final class TableStates {
    private final DynamoDbClient client;
    private final LedgerSettings settings;

    public TableStates(DynamoDbClient client, LedgerSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** How it stands with a table. */
    public enum State {
        MISSING,
        /** Its items are kept for ever. */
        WITHOUT_TIME_TO_LIVE,
        COMPLETE
    }

    /** Each table by its name; throws DynamoDB's exceptions. */
    public Map<String, State> look() {
        Map<String, State> states = new LinkedHashMap<>();
        for (String table : List.of(settings.files(), settings.batches(), settings.entries())) {
            states.put(table, state(table));
        }
        return states;
    }

    /** Creates the tables that are missing, with their time to live, and waits for them. */
    public void create() {
        LedgerTables.create(client, settings);
    }

    /** Turns a table's time to live on. */
    public void expire(String table) {
        client.updateTimeToLive(r -> r.tableName(table)
                .timeToLiveSpecification(t -> t.attributeName(Items.EXPIRES).enabled(true)));
    }

    private State state(String table) {
        try {
            TimeToLiveStatus status = client.describeTimeToLive(r -> r.tableName(table))
                    .timeToLiveDescription()
                    .timeToLiveStatus();
            return status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING
                    ? State.COMPLETE
                    : State.WITHOUT_TIME_TO_LIVE;
        } catch (ResourceNotFoundException e) {
            return State.MISSING;
        }
    }
}
