package dev.caravan.ledger.runs;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.Dynamo;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The units of runs, which instances take one by one, each for the time of a lease. What a unit has written counts only once {@link #done} has noted it: whoever has
 * lost it in the meantime can't. Failures are those of {@link Runs}.
 */
public final class Units {
    /** DynamoDB's transactions have at most 100 items. */
    private static final int AT_ONCE = 100;

    private static final String MINE = "#owner = :me AND #attempt = :attempt AND #status = :waiting";

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;

    public Units(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Writes what a run's planning has found. Nobody may take them before the run is said to have reached the stage that works on them. Writing them again
     * changes nothing until one is taken.
     *
     * @throws RunLost if one is: the run has gone on, without its caller having heard of it
     */
    public void plan(List<Unit> units) {
        long expires = clock.instant().plus(settings.keep()).getEpochSecond();
        for (int from = 0; from < units.size(); from += AT_ONCE) {
            List<TransactWriteItem> writes = units.subList(from, Math.min(from + AT_ONCE, units.size())).stream()
                    .map(unit -> TransactWriteItem.builder()
                            .put(p -> p.tableName(settings.batches())
                                    .item(RunItems.item(unit, expires))
                                    .conditionExpression("attribute_not_exists(feed) OR #attempt = :none")
                                    .expressionAttributeNames(Map.of("#attempt", "attempt"))
                                    .expressionAttributeValues(Map.of(":none", n(0))))
                            .build())
                    .toList();
            String run = units.get(from).run();
            try {
                Dynamo.transact(client, "planUnits", "plan units of run " + run, writes);
            } catch (TransactionCanceledException e) {
                throw new RunLost("run " + run);
            }
        }
    }

    /** All units of a planning in the order of their ids, read consistently. */
    public List<Unit> of(String run, int planning) {
        return Dynamo.call(
                "read the units of run " + run,
                () -> client
                        .queryPaginator(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("units"))
                                .consistentRead(true)
                                .keyConditionExpression("#feed = :units AND begins_with(#batch, :planned)")
                                .expressionAttributeNames(Map.of("#feed", "feed", "#batch", "batch"))
                                .expressionAttributeValues(Map.of(
                                        ":units", s(RunItems.partition(run)),
                                        ":planned", s(RunItems.planned(run, planning)))))
                        .items()
                        .stream()
                        .map(RunItems::unit)
                        .toList());
    }

    /** One of them, read consistently. */
    public Optional<Unit> find(String run, int planning, String id) {
        Map<String, AttributeValue> key = RunItems.key(run, planning, id);
        Map<String, AttributeValue> item = Dynamo.call(
                        "read a unit of run " + run,
                        () -> client.getItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("findUnit"))
                                .key(key)
                                .consistentRead(true)))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(RunItems.unit(item));
    }

    /** Whether nobody has a unit that isn't done, as far as this one knows. */
    public boolean isFree(Unit unit) {
        return !unit.isDone() && !unit.time().isAfter(clock.instant());
    }

    /** Takes a unit; empty if another instance has it, or it is done. */
    public Optional<Unit> take(Unit unit) {
        try {
            return Optional.of(change(
                    unit,
                    "takeUnit",
                    "SET #owner = :me, #time = :lease, #attempt = #attempt + :one, #soFar = :nothing, #reason = :nothing",
                    "#status = :waiting AND #time <= :now",
                    Map.of("#time", "time", "#soFar", RunItems.SO_FAR, "#reason", "reason"),
                    Map.of(":nothing", s(""), ":one", n(1), ":now", time(clock.instant()), ":lease", lease())));
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    /**
     * Says that this instance is alive and still works on a unit.
     *
     * @param soFar how far it has come, in its pipeline's words; may be empty
     */
    public void renew(Unit unit, String soFar) {
        var unused = mine(
                unit,
                "renewUnit",
                "SET #time = :lease, #soFar = :soFar",
                Map.of("#time", "time", "#soFar", RunItems.SO_FAR),
                Map.of(":lease", lease(), ":soFar", s(soFar)));
    }

    /** Notes what has come of a unit: from now on that counts, and nothing else. */
    public Unit done(Unit unit, String result) {
        return mine(
                unit,
                "doneUnit",
                "SET #status = :done, #result = :result",
                Map.of("#result", "result"),
                Map.of(":done", s(RunItems.DONE), ":result", s(result)));
    }

    /** Adds to what has come of a unit that is done; whoever ends its run may, and adds the same. */
    public Unit amend(Unit unit, String result) {
        return RunItems.unit(Dynamo.update(
                client,
                "amendUnit",
                "change unit " + unit.id() + " of run " + unit.run(),
                r -> r.tableName(settings.batches())
                        .key(RunItems.key(unit))
                        .updateExpression("SET #result = :result")
                        .conditionExpression("#status = :done")
                        .expressionAttributeNames(Map.of("#result", "result", "#status", "status"))
                        .expressionAttributeValues(Map.of(":done", s(RunItems.DONE), ":result", s(result)))));
    }

    /** Says why a unit waits that this instance works on; an empty reason says that it doesn't. */
    public void note(Unit unit, String reason) {
        var unused = mine(
                unit, "noteUnit", "SET #reason = :reason", Map.of("#reason", "reason"), Map.of(":reason", s(reason)));
    }

    /** Gives a unit up until a time, when any instance takes it. */
    public Unit postpone(Unit unit, Instant until, String reason) {
        return mine(
                unit,
                "postponeUnit",
                "SET #time = :until, #soFar = :nothing, #reason = :reason REMOVE #owner",
                Map.of("#time", "time", "#soFar", RunItems.SO_FAR, "#reason", "reason"),
                Map.of(":until", time(until), ":nothing", s(""), ":reason", s(reason)));
    }

    private Unit mine(
            Unit unit, String step, String update, Map<String, String> names, Map<String, AttributeValue> values) {
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allValues.put(":attempt", n(unit.attempt()));
        try {
            return change(unit, step, update, MINE, names, allValues);
        } catch (ConditionalCheckFailedException e) {
            throw new RunLost("unit " + unit.id() + " of run " + unit.run());
        }
    }

    private Unit change(
            Unit unit,
            String step,
            String update,
            String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        Map<String, String> allNames = new HashMap<>(names);
        allNames.putAll(Map.of("#owner", "owner", "#status", "status", "#attempt", "attempt"));
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allValues.put(":me", s(settings.owner()));
        allValues.put(":waiting", s(RunItems.WAITING));
        return RunItems.unit(Dynamo.update(
                client,
                step,
                "change unit " + unit.id() + " of run " + unit.run(),
                r -> r.tableName(settings.batches())
                        .key(RunItems.key(unit))
                        .updateExpression(update)
                        .conditionExpression(condition)
                        .expressionAttributeNames(allNames)
                        .expressionAttributeValues(allValues)));
    }

    private AttributeValue lease() {
        return time(clock.instant().plus(settings.lease()));
    }
}
