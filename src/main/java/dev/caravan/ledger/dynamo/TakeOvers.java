package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.WaitingList;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** How an instance becomes the owner of a locked batch: of one that is due, whose owner has died, or that waited for something. */
final class TakeOvers {
    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;
    private final LockedBatchWriter writer;

    TakeOvers(DynamoDbClient client, LedgerSettings settings, Clock clock, LockedBatchWriter writer) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        this.writer = writer;
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

    /**
     * What the batch waited for is over, and no reason any more. The time for which it is retried begins again when its feed's pause ends, or when there
     * is room for it.
     */
    Optional<Batch> resume(String id, String list) {
        boolean again = FeedPauses.feedWaitedFor(list).isPresent()
                || WaitingList.feedInTurn(list).isPresent();
        Map<String, String> names = new HashMap<>(Map.of("#attempt", "attempt", "#reason", "reason"));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":one", n(1),
                ":live", s(Items.LIVE),
                ":held", s(Items.HELD),
                ":over", s(""),
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
                "SET #owner = :me, #time = :lease, #phase = :live, #reason = :over, #attempt = #attempt + :one"
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
        writer.forget(id);
        Map<String, String> allNames = new HashMap<>(names);
        allNames.putAll(Map.of("#owner", "owner", "#time", "time", "#status", "status", "#phase", "phase"));
        allNames.put("#history", History.ATTRIBUTE);
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allValues.put(":me", s(settings.owner()));
        allValues.put(":lease", time(clock.instant().plus(settings.lease())));
        allValues.put(":locked", s(BatchStatus.LOCKED.word()));
        writer.putEvent(allValues, what, detail);
        try {
            return Optional.of(writer.batch(Dynamo.update(
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
}
