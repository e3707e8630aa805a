package dev.caravan.ledger.runs;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.dynamo.Dynamo;
import dev.caravan.ledger.dynamo.History;
import dev.caravan.ledger.dynamo.Items;
import dev.caravan.ledger.dynamo.LedgerTables;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The durable memory of runs. Each change is conditional on what its caller is: the owner, until the lease has run out. A ledger that doesn't answer is a
 * {@link LedgerUnavailable}; trying again is safe. Safe for use by many threads.
 */
public final class Runs {
    static final String MINE = "#owner = :me AND #status = :running";

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;
    private final RunBounds bounds;

    public Runs(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        bounds = new RunBounds(client, settings, clock);
    }

    /** A run that isn't over. */
    public record Waiting(String name, String id) {}

    /**
     * Begins a run, unless there is one for this time already, or one of this name that isn't over: one transaction.
     *
     * @param plan what is decided for it already, in its pipeline's words; may be empty
     */
    public Beginning begin(String name, Instant planned, String stage, String plan) {
        String id = Run.id(name, planned);
        try {
            return new Beginning.Begun(bounds.begin(name, id, planned, stage, plan));
        } catch (TransactionCanceledException e) {
            if (find(name, id).isPresent()) {
                return new Beginning.ThereAlready();
            }
            return current(name)
                    .<Beginning>map(Beginning.Busy::new)
                    .orElseGet(() -> new Beginning.Busy("another that has just ended"));
        }
    }

    /** The id of the run of this name that isn't over, read consistently. */
    public Optional<String> current(String name) {
        Map<String, AttributeValue> item = get("currentRun", RunItems.current(name));
        return item.isEmpty() ? Optional.empty() : Optional.of(Items.text(item, "run"));
    }

    /** A run, read consistently. */
    public Optional<Run> find(String name, String id) {
        Map<String, AttributeValue> item = get("findRun", RunItems.key(name, id));
        return item.isEmpty() ? Optional.empty() : Optional.of(RunItems.run(item));
    }

    /** The newest runs of a name, read consistently. */
    public List<Run> newest(String name, int most) {
        return Dynamo.call(
                        "read the runs of " + name,
                        () -> client.query(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("runs"))
                                .consistentRead(true)
                                .scanIndexForward(false)
                                .limit(most)
                                .keyConditionExpression("#feed = :runs AND #batch > :current")
                                .expressionAttributeNames(Map.of("#feed", "feed", "#batch", "batch"))
                                .expressionAttributeValues(
                                        Map.of(":runs", RunItems.runs(name), ":current", s(RunItems.CURRENT)))))
                .items()
                .stream()
                .map(RunItems::run)
                .toList();
    }

    /** Runs that aren't over, whoever has them; those that want somebody first. Eventually consistent. */
    public List<Waiting> running(int most) {
        return live("runningRuns", "#phase = :live", Map.of(), most);
    }

    /** Runs that want somebody: their owner was silent for longer than the lease, or they wait no longer; the longest waiting first. Eventually consistent. */
    public List<Waiting> waiting(int most) {
        return live("waitingRuns", "#phase = :live AND #time <= :now", Map.of(":now", time(clock.instant())), most);
    }

    private List<Waiting> live(String step, String condition, Map<String, AttributeValue> more, int most) {
        Map<String, AttributeValue> values = new HashMap<>(more);
        values.put(":live", s(RunItems.LIVE));
        Map<String, String> names =
                more.isEmpty() ? Map.of("#phase", "phase") : Map.of("#phase", "phase", "#time", "time");
        return Dynamo.call(
                        "look for runs",
                        () -> client.query(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step(step))
                                .indexName(LedgerTables.BY_PHASE)
                                .limit(most)
                                .keyConditionExpression(condition)
                                .expressionAttributeNames(names)
                                .expressionAttributeValues(values)))
                .items()
                .stream()
                .map(item -> new Waiting(RunItems.name(item), Items.text(item, "batch")))
                .toList();
    }

    /** Takes a run up that wants somebody; empty if another instance was faster. */
    public Optional<Run> take(Waiting waiting) {
        try {
            return Optional.of(RunItems.run(update(
                    waiting.name(),
                    waiting.id(),
                    "takeRun",
                    "SET #owner = :me, #time = :lease, #attempt = #attempt + :one",
                    "#status = :running AND #time <= :now",
                    Map.of("#attempt", "attempt", "#time", "time"),
                    Map.of(":one", n(1), ":now", time(clock.instant()), ":lease", lease()),
                    "taken up",
                    "")));
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    /** Notes that a run begins a stage, with what was decided for it. */
    public Run reach(Run run, String stage, String plan) {
        return mine(
                run,
                "reachRun",
                "SET #stage = :stage, #plan = :plan, #reason = :none",
                Map.of("#stage", "stage", "#plan", "plan", "#reason", "reason"),
                Map.of(":stage", s(stage), ":plan", s(plan), ":none", s("")),
                stage,
                "");
    }

    /** Says why a run waits that this instance owns; an empty reason says that it doesn't. */
    public Run note(Run run, String reason) {
        return mine(
                run,
                "noteRun",
                "SET #reason = :reason",
                Map.of("#reason", "reason"),
                Map.of(":reason", s(reason)),
                reason.isEmpty() ? "going on" : "waiting",
                reason);
    }

    /** Gives a run up until a time, when any instance takes it up. */
    public Run postpone(Run run, Instant until, String reason) {
        return mine(
                run,
                "postponeRun",
                "SET #time = :until, #reason = :reason REMOVE #owner",
                Map.of("#time", "time", "#reason", "reason"),
                Map.of(":until", time(until), ":reason", s(reason)),
                "postponed",
                reason);
    }

    /** Says that this instance is alive and still works on a run. */
    public void renew(Run run) {
        try {
            var unused = Dynamo.update(
                    client,
                    "renewRun",
                    "renew the lease of run " + run.id(),
                    r -> r.tableName(settings.batches())
                            .key(RunItems.key(run.name(), run.id()))
                            .updateExpression("SET #time = :lease")
                            .conditionExpression(MINE)
                            .expressionAttributeNames(Map.of("#time", "time", "#owner", "owner", "#status", "status"))
                            .expressionAttributeValues(Map.of(
                                    ":lease", lease(),
                                    ":me", s(settings.owner()),
                                    ":running", s(RunStatus.RUNNING.word()))));
        } catch (ConditionalCheckFailedException e) {
            throw new RunLost("run " + run.id());
        }
    }

    /**
     * Ends a run, and lets the next of its name begin: one transaction. Ending it again as the same changes nothing.
     *
     * @param status {@code complete} or {@code error}
     * @param reason how it ended; why, if it failed
     */
    public void end(Run run, RunStatus status, String reason, Map<String, Long> counts) {
        try {
            bounds.end(run, status, reason, counts);
        } catch (TransactionCanceledException e) {
            if (find(run.name(), run.id())
                    .filter(found -> found.status() == status)
                    .isEmpty()) {
                throw new RunLost("run " + run.id());
            }
        }
    }

    private Run mine(
            Run run,
            String step,
            String update,
            Map<String, String> names,
            Map<String, AttributeValue> values,
            String what,
            String detail) {
        try {
            return RunItems.run(update(run.name(), run.id(), step, update, MINE, names, values, what, detail));
        } catch (ConditionalCheckFailedException e) {
            throw new RunLost("run " + run.id());
        }
    }

    private Map<String, AttributeValue> update(
            String name,
            String id,
            String step,
            String update,
            String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values,
            String what,
            String detail) {
        Map<String, String> allNames = new HashMap<>(names);
        allNames.putAll(Map.of("#owner", "owner", "#status", "status", "#history", History.ATTRIBUTE));
        Map<String, AttributeValue> allValues = new HashMap<>(values);
        allValues.put(":me", s(settings.owner()));
        allValues.put(":running", s(RunStatus.RUNNING.word()));
        History.put(allValues, clock.instant(), what, settings.owner(), detail);
        Map<String, AttributeValue> item = Dynamo.update(
                client,
                step,
                "change run " + id,
                r -> r.tableName(settings.batches())
                        .key(RunItems.key(name, id))
                        .updateExpression(History.appending(update))
                        .conditionExpression(condition)
                        .expressionAttributeNames(allNames)
                        .expressionAttributeValues(allValues));
        History.keepShort(client, settings.batches(), item);
        return item;
    }

    private AttributeValue lease() {
        return time(clock.instant().plus(settings.lease()));
    }

    private Map<String, AttributeValue> get(String step, Map<String, AttributeValue> key) {
        return Dynamo.call(
                        "read a run",
                        () -> client.getItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step(step))
                                .key(key)
                                .consistentRead(true)))
                .item();
    }
}
