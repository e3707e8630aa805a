package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.LeaseLost;
import dev.caravan.ledger.LedgerSettings;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Writes what becomes of a locked batch: its owner's changes, and the history that each of them adds to. */
final class LockedBatchWriter {
    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;

    /** Batches of this instance at their last stage, as its last write has left them: nobody else changes them until their lease is lost. */
    private final Map<String, Batch> atNotify = new ConcurrentHashMap<>();

    LockedBatchWriter(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    /** A batch at its last stage, as this instance's last write has left it. */
    Optional<Batch> atNotify(String id) {
        return Optional.ofNullable(atNotify.get(id));
    }

    void forget(String id) {
        atNotify.remove(id);
    }

    /** Changes a batch that is locked by this instance, and says so in its history. */
    Batch change(
            String step,
            String what,
            String detail,
            String id,
            String update,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        Map<String, String> allNames = new HashMap<>(names);
        allNames.put("#history", History.ATTRIBUTE);
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        putEvent(allValues, what, detail);
        return write(step, id, History.appending(update), allNames, allValues);
    }

    void putEvent(Map<String, AttributeValue> values, String what, String detail) {
        History.put(values, clock.instant(), what, settings.owner(), detail);
    }

    /** A batch as an update returns it, whose history is kept short. */
    Batch batch(Map<String, AttributeValue> item) {
        History.keepShort(client, settings.batches(), item);
        return Items.batch(item);
    }

    private Batch remembered(Batch batch) {
        if (batch.stage() == Stage.NOTIFY && batch.status() == BatchStatus.LOCKED) {
            atNotify.put(batch.id(), batch);
        } else {
            atNotify.remove(batch.id());
        }
        return batch;
    }

    /** Changes a batch that is locked by this instance. */
    Batch write(String step, String id, String update, Map<String, String> names, Map<String, AttributeValue> values) {
        Map<String, String> allNames = new HashMap<>(names);
        allNames.put("#owner", "owner");
        allNames.put("#status", "status");
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allValues.put(":me", s(settings.owner()));
        allValues.put(":locked", s(BatchStatus.LOCKED.word()));
        try {
            return remembered(batch(Dynamo.update(
                    client,
                    step,
                    "note the progress of batch " + id,
                    r -> r.tableName(settings.batches())
                            .key(Items.batchKey(id))
                            .updateExpression(update)
                            .conditionExpression("#owner = :me AND #status = :locked")
                            .expressionAttributeNames(allNames)
                            .expressionAttributeValues(allValues))));
        } catch (ConditionalCheckFailedException e) {
            atNotify.remove(id);
            throw new LeaseLost(id);
        }
    }
}
