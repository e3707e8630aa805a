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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Changes to locked batches: each is conditional on this instance being the owner, or on becoming it. */
final class LockedBatches {
    private static final Logger LOG = LoggerFactory.getLogger(LockedBatches.class);

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;

    /** Batches that were to be given up when the ledger couldn't be told. Whoever says next that they have ended doesn't know that. */
    private final Set<String> leftToLease = ConcurrentHashMap.newKeySet();

    /** Batches of this instance at their last stage, as its last write has left them: nobody else changes them until their lease is lost. */
    private final Map<String, Batch> atNotify = new ConcurrentHashMap<>();

    LockedBatches(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    Batch reach(Batch batch, Stage stage) {
        Map<String, String> names = new HashMap<>(Map.of("#stage", "stage"));
        return change(
                "reach",
                stage.word(),
                "",
                batch.id(),
                "SET #stage = :stage" + forgetting(" REMOVE ", Deaths.before(stage), names),
                names,
                Map.of(":stage", s(stage.word())));
    }

    Batch manifest(Batch batch, String url) {
        Map<String, String> names = new HashMap<>(Map.of("#stage", "stage", "#manifest", "manifest"));
        return change(
                "manifest",
                Stage.COPY.word(),
                "",
                batch.id(),
                "SET #stage = :stage, #manifest = :manifest" + forgetting(" REMOVE ", Deaths.before(Stage.COPY), names),
                names,
                Map.of(":stage", s(Stage.COPY.word()), ":manifest", s(url)));
    }

    Batch outcome(Batch batch, Outcome outcome) {
        return outcome("outcome", batch, outcome, false);
    }

    Batch lastOutcome(Batch batch, Outcome outcome) {
        return outcome("lastOutcome", batch, outcome, true);
    }

    private Batch outcome(String step, Batch batch, Outcome outcome, boolean last) {
        Map<String, String> names = new HashMap<>(Map.of("#outcomes", "outcomes", "#cluster", outcome.cluster()));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":outcome", s(OutcomeJson.write(outcome))));
        if (last) {
            names.put("#stage", "stage");
            values.put(":stage", s(Stage.NOTIFY.word()));
        }
        String what = outcome instanceof Outcome.Loaded ? "loaded" : "failed";
        String update = "SET #outcomes.#cluster = :outcome"
                + (last ? ", #stage = :stage" + forgetting(" REMOVE ", Deaths.before(Stage.NOTIFY), names) : "");
        return change(step, what, outcome.cluster(), batch.id(), update, names, values);
    }

    Batch note(Batch batch, String reason) {
        return change(
                "note",
                "noted",
                reason,
                batch.id(),
                "SET #reason = :reason",
                Map.of("#reason", "reason"),
                Map.of(":reason", s(reason)));
    }

    private static String forgetting(String before, List<Stage> stages, Map<String, String> names) {
        return stages.isEmpty() ? "" : before + Deaths.forgotten(stages, names);
    }

    Batch postpone(Batch batch, Instant until, String reason) {
        Map<String, String> names = new HashMap<>(Map.of("#time", "time", "#reason", "reason", "#pauses", "pauses"));
        return giveUp(
                "postpone",
                "postponed",
                "until " + until + ": " + reason,
                batch.id(),
                "SET #time = :until, #reason = :reason, #pauses = #pauses + :one REMOVE #owner"
                        + forgetting(", ", Deaths.all(batch), names),
                names,
                Map.of(":until", time(until), ":reason", s(reason), ":one", n(1)));
    }

    Batch again(Batch batch) {
        return change(
                "again",
                "tried again",
                "",
                batch.id(),
                "SET #attempt = #attempt + :one, #time = :lease",
                Map.of("#attempt", "attempt", "#time", "time"),
                Map.of(":one", n(1), ":lease", time(clock.instant().plus(settings.lease()))));
    }

    Optional<Batch> confirm(String id) {
        if (leftToLease.remove(id)) {
            return Optional.empty();
        }
        Batch known = atNotify.get(id);
        return known == null ? confirmAsRead(id) : Optional.of(confirm(known));
    }

    private Optional<Batch> confirmAsRead(String id) {
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
        return Optional.of(confirm(batch));
    }

    private Batch confirm(Batch batch) {
        BatchStatus status = batch.isLoaded() ? BatchStatus.COMPLETE : BatchStatus.ERROR;
        Map<String, String> names = new HashMap<>(Map.of("#phase", "phase", "#time", "time"));
        return change(
                "confirm",
                status.word(),
                "",
                batch.id(),
                "SET #status = :status, #phase = :phase, #time = :now REMOVE #owner"
                        + forgetting(", ", Deaths.all(), names),
                names,
                Map.of(
                        ":status", s(status.word()),
                        ":phase", s(Items.phase(status)),
                        ":now", time(clock.instant())));
    }

    Batch hold(Batch batch, String list, String reason) {
        Map<String, String> names =
                new HashMap<>(Map.of("#phase", "phase", "#time", "time", "#reason", "reason", "#pauses", "pauses"));
        return giveUp(
                "hold",
                "held",
                reason,
                batch.id(),
                "SET #phase = :held, #time = :since, #reason = :reason, #pauses = :none REMOVE #owner"
                        + forgetting(", ", Deaths.all(batch), names),
                names,
                Map.of(
                        ":none", n(0),
                        ":held", s(Items.HELD),
                        ":since", Items.waiting(list, batch.locked().orElseGet(clock::instant)),
                        ":reason", s(reason)));
    }

    private Batch giveUp(
            String step,
            String what,
            String detail,
            String id,
            String update,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        try {
            Batch left = change(step, what, detail, id, update, names, values);
            atNotify.remove(id);
            return left;
        } catch (LedgerUnavailable e) {
            atNotify.remove(id);
            leftToLease.add(id);
            throw e;
        }
    }

    void handOver(String id) {
        Map<String, String> names = new HashMap<>(Map.of("#time", "time"));
        try {
            change(
                    "handOver",
                    "handed over",
                    "",
                    id,
                    "SET #time = :now REMOVE #owner" + forgetting(", ", Deaths.all(), names),
                    names,
                    Map.of(":now", time(clock.instant())));
        } catch (LeaseLost e) {
            LOG.debug("{}", e.getMessage());
        } finally {
            atNotify.remove(id);
        }
    }

    Optional<Batch> takeOver(String id) {
        Optional<Batch> left =
                takeOver(id, "", "", " AND (attribute_not_exists(#owner) OR #owner = :me)", Map.of(), Map.of());
        return left.isPresent() ? left : fromTheDead(id);
    }

    /** A batch whose lease has run out while somebody else had it: that is counted in the write that takes it over. */
    private Optional<Batch> fromTheDead(String id) {
        Map<String, AttributeValue> item = Dynamo.call(
                        "read batch " + id,
                        () -> client.getItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("takeOver"))
                                .key(Items.batchKey(id))
                                .consistentRead(true)))
                .item();
        String owner = item.containsKey("owner") ? Items.text(item, "owner") : settings.owner();
        if (owner.equals(settings.owner())) {
            return Optional.empty();
        }
        String stage = Items.text(item, "stage");
        return takeOver(
                id,
                "from " + owner + ", which has died at stage " + stage,
                ", #deaths = if_not_exists(#deaths, :none) + :one",
                " AND #owner = :dead AND #stage = :stage",
                Map.of("#deaths", Deaths.at(stage), "#stage", "stage"),
                Map.of(":dead", s(owner), ":stage", s(stage), ":none", n(0)));
    }

    private Optional<Batch> takeOver(
            String id,
            String detail,
            String update,
            String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        Instant now = clock.instant();
        Map<String, String> allNames = new HashMap<>(names);
        allNames.put("#attempt", "attempt");
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allValues.putAll(Map.of(":one", n(1), ":live", s(Items.LIVE), ":now", time(now)));
        return take(
                "takeOver",
                "taken over",
                detail,
                id,
                "SET #owner = :me, #time = :lease, #attempt = #attempt + :one" + update,
                "#status = :locked AND #phase = :live AND #time <= :now" + condition,
                allNames,
                allValues);
    }

    /** The time for which a batch is retried begins again when its feed's pause ends, or when there is room for it. */
    Optional<Batch> resume(String id, String list) {
        boolean again = FeedPauses.feedWaitedFor(list).isPresent()
                || WaitingList.feedInTurn(list).isPresent();
        Map<String, String> names = new HashMap<>(Map.of("#attempt", "attempt"));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":one", n(1),
                ":live", s(Items.LIVE),
                ":held", s(Items.HELD),
                ":list", s(Items.waitingFor(list))));
        if (again) {
            names.put("#since", "locked");
            values.put(":now", time(clock.instant()));
        }
        return take(
                "resume",
                "resumed",
                "",
                id,
                "SET #owner = :me, #time = :lease, #phase = :live, #attempt = #attempt + :one"
                        + (again ? ", #since = :now" : ""),
                "#status = :locked AND #phase = :held AND begins_with(#time, :list)",
                names,
                values);
    }

    private Optional<Batch> take(
            String step,
            String what,
            String detail,
            String id,
            String update,
            String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        atNotify.remove(id);
        Map<String, String> allNames = new HashMap<>(names);
        allNames.putAll(Map.of("#owner", "owner", "#time", "time", "#status", "status", "#phase", "phase"));
        allNames.put("#history", History.ATTRIBUTE);
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allValues.put(":me", s(settings.owner()));
        allValues.put(":lease", time(clock.instant().plus(settings.lease())));
        allValues.put(":locked", s(BatchStatus.LOCKED.word()));
        putEvent(allValues, what, detail);
        try {
            return Optional.of(batch(Dynamo.update(
                    client,
                    step,
                    "take over batch " + id,
                    r -> r.tableName(settings.batches())
                            .key(Items.batchKey(id))
                            .updateExpression(History.appending(update))
                            .conditionExpression(condition)
                            .expressionAttributeNames(allNames)
                            .expressionAttributeValues(allValues))));
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    void renew(String id) {
        write(
                "renew",
                id,
                "SET #time = :lease",
                Map.of("#time", "time"),
                Map.of(":lease", time(clock.instant().plus(settings.lease()))));
    }

    /** Changes a batch that is locked by this instance, and says so in its history. */
    private Batch change(
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

    private void putEvent(Map<String, AttributeValue> values, String what, String detail) {
        values.put(
                ":event",
                AttributeValue.fromL(List.of(History.event(clock.instant(), what, settings.owner(), detail))));
        values.put(":nothing", AttributeValue.fromL(List.of()));
    }

    /** A batch as an update returns it, whose history is kept short. */
    private Batch batch(Map<String, AttributeValue> item) {
        int events = History.of(item).size();
        if (events > History.MOST) {
            try {
                client.updateItem(r -> r.tableName(settings.batches())
                        .overrideConfiguration(Dynamo.step("shorten"))
                        .key(Items.batchKey(Items.text(item, "id")))
                        .updateExpression(History.shortening(events))
                        .conditionExpression("size(#history) = :size")
                        .expressionAttributeNames(Map.of("#history", History.ATTRIBUTE))
                        .expressionAttributeValues(Map.of(":size", n(events))));
            } catch (SdkException e) {
                LOG.debug("The history of batch {} stays long: {}", Items.text(item, "id"), e.getMessage());
            }
        }
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

    private Batch write(
            String step, String id, String update, Map<String, String> names, Map<String, AttributeValue> values) {
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
