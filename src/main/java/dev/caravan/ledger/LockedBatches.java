package dev.caravan.ledger;

import static dev.caravan.ledger.Items.n;
import static dev.caravan.ledger.Items.s;
import static dev.caravan.ledger.Items.time;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.Stage;
import dev.caravan.outcome.Outcome;
import dev.caravan.outcome.OutcomeJson;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** Changes to locked batches: each is conditional on this instance being the owner, or on becoming it. */
final class LockedBatches {
    private static final Logger LOG = LoggerFactory.getLogger(LockedBatches.class);

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;

    /** Batches that were to be given up when the ledger couldn't be told. Whoever says next that they have ended doesn't know that. */
    private final Set<String> leftToLease = ConcurrentHashMap.newKeySet();

    LockedBatches(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    Batch reach(Batch batch, Stage stage) {
        return change(
                "reach",
                batch.id(),
                "SET #stage = :stage",
                Map.of("#stage", "stage"),
                Map.of(":stage", s(stage.word())));
    }

    Batch manifest(Batch batch, String url) {
        return change(
                "manifest",
                batch.id(),
                "SET #stage = :stage, #manifest = :manifest",
                Map.of("#stage", "stage", "#manifest", "manifest"),
                Map.of(":stage", s(Stage.COPY.word()), ":manifest", s(url)));
    }

    Batch outcome(Batch batch, Outcome outcome) {
        return change(
                "outcome",
                batch.id(),
                "SET #outcomes.#cluster = :outcome",
                Map.of("#outcomes", "outcomes", "#cluster", outcome.cluster()),
                Map.of(":outcome", s(OutcomeJson.write(outcome))));
    }

    Batch note(Batch batch, String reason) {
        return change(
                "note", batch.id(), "SET #reason = :reason", Map.of("#reason", "reason"), Map.of(":reason", s(reason)));
    }

    Batch postpone(Batch batch, Instant until, String reason) {
        return giveUp(
                "postpone",
                batch.id(),
                "SET #time = :until, #reason = :reason REMOVE #owner",
                Map.of("#time", "time", "#reason", "reason"),
                Map.of(":until", time(until), ":reason", s(reason)));
    }

    Optional<Batch> confirm(String id) {
        if (leftToLease.remove(id)) {
            return Optional.empty();
        }
        Map<String, AttributeValue> item = Dynamo.call(
                        "read batch " + id,
                        () -> client.getItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("confirm"))
                                .key(Items.batchKey(id))
                                .consistentRead(true)))
                .item();
        boolean ownedByAnother =
                item.containsKey("owner") && !Items.text(item, "owner").equals(settings.owner());
        if (item.isEmpty() || ownedByAnother) {
            throw new LeaseLost(id);
        }
        Batch batch = Items.batch(item);
        if (!item.containsKey("owner") || batch.stage() != Stage.NOTIFY) {
            return Optional.empty();
        }
        BatchStatus status = batch.isLoaded() ? BatchStatus.COMPLETE : BatchStatus.ERROR;
        return Optional.of(change(
                "confirm",
                id,
                "SET #status = :status, #phase = :phase, #time = :now REMOVE #owner",
                Map.of("#phase", "phase", "#time", "time"),
                Map.of(
                        ":status", s(status.word()),
                        ":phase", s(Items.phase(status)),
                        ":now", time(clock.instant()))));
    }

    Batch hold(Batch batch, String cluster, String reason) {
        return giveUp(
                "hold",
                batch.id(),
                "SET #phase = :held, #time = :since, #reason = :reason REMOVE #owner",
                Map.of("#phase", "phase", "#time", "time", "#reason", "reason"),
                Map.of(
                        ":held", s(Items.HELD),
                        ":since", Items.waiting(cluster, batch.locked().orElseGet(clock::instant)),
                        ":reason", s(reason)));
    }

    private Batch giveUp(
            String step, String id, String update, Map<String, String> names, Map<String, AttributeValue> values) {
        try {
            return change(step, id, update, names, values);
        } catch (LedgerUnavailable e) {
            leftToLease.add(id);
            throw e;
        }
    }

    void handOver(String id) {
        try {
            change(
                    "handOver",
                    id,
                    "SET #time = :now REMOVE #owner",
                    Map.of("#time", "time"),
                    Map.of(":now", time(clock.instant())));
        } catch (LeaseLost e) {
            LOG.debug("{}", e.getMessage());
        }
    }

    Optional<Batch> takeOver(String id) {
        Instant now = clock.instant();
        return take(
                "takeOver",
                id,
                "SET #owner = :me, #time = :lease, #attempt = #attempt + :one",
                "#status = :locked AND #phase = :live AND #time <= :now",
                Map.of("#attempt", "attempt"),
                Map.of(":one", n(1), ":live", s(Items.LIVE), ":now", time(now)));
    }

    Optional<Batch> resume(String id, String cluster) {
        return take(
                "resume",
                id,
                "SET #owner = :me, #time = :lease, #phase = :live",
                "#status = :locked AND #phase = :held AND begins_with(#time, :cluster)",
                Map.of(),
                Map.of(":live", s(Items.LIVE), ":held", s(Items.HELD), ":cluster", s(Items.waitingFor(cluster))));
    }

    private Optional<Batch> take(
            String step,
            String id,
            String update,
            String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        Map<String, String> allNames = new HashMap<>(names);
        allNames.putAll(Map.of("#owner", "owner", "#time", "time", "#status", "status", "#phase", "phase"));
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allValues.put(":me", s(settings.owner()));
        allValues.put(":lease", time(clock.instant().plus(settings.lease())));
        allValues.put(":locked", s(BatchStatus.LOCKED.word()));
        try {
            return Optional.of(Items.batch(Dynamo.call(
                            "take over batch " + id,
                            () -> client.updateItem(r -> r.tableName(settings.batches())
                                    .overrideConfiguration(Dynamo.step(step))
                                    .key(Items.batchKey(id))
                                    .updateExpression(update)
                                    .conditionExpression(condition)
                                    .expressionAttributeNames(allNames)
                                    .expressionAttributeValues(allValues)
                                    .returnValues(ReturnValue.ALL_NEW)))
                    .attributes()));
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    void renew(String id) {
        change(
                "renew",
                id,
                "SET #time = :lease",
                Map.of("#time", "time"),
                Map.of(":lease", time(clock.instant().plus(settings.lease()))));
    }

    /** Changes a batch that is locked by this instance. */
    Batch change(String step, String id, String update, Map<String, String> names, Map<String, AttributeValue> values) {
        Map<String, String> allNames = new HashMap<>(names);
        allNames.put("#owner", "owner");
        allNames.put("#status", "status");
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allValues.put(":me", s(settings.owner()));
        allValues.put(":locked", s(BatchStatus.LOCKED.word()));
        try {
            return Items.batch(Dynamo.call(
                            "note the progress of batch " + id,
                            () -> client.updateItem(r -> r.tableName(settings.batches())
                                    .overrideConfiguration(Dynamo.step(step))
                                    .key(Items.batchKey(id))
                                    .updateExpression(update)
                                    .conditionExpression("#owner = :me AND #status = :locked")
                                    .expressionAttributeNames(allNames)
                                    .expressionAttributeValues(allValues)
                                    .returnValues(ReturnValue.ALL_NEW)))
                    .attributes());
        } catch (ConditionalCheckFailedException e) {
            throw new LeaseLost(id);
        }
    }
}
