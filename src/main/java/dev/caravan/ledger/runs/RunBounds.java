package dev.caravan.ledger.runs;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.Dynamo;
import dev.caravan.ledger.dynamo.History;
import dev.caravan.ledger.dynamo.Items;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** A run's first write and its last: each is one transaction with the item that says which run of its name is running. */
final class RunBounds {
    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;

    RunBounds(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws TransactionCanceledException if there is one for this time, or one that isn't over */
    Run begin(String name, String id, Instant planned, String stage, String plan) {
        Instant now = clock.instant();
        Map<String, AttributeValue> item = new HashMap<>(RunItems.key(name, id));
        item.put("name", s(name));
        item.put("planned", time(planned));
        item.put("status", s(RunStatus.RUNNING.word()));
        item.put("stage", s(stage));
        item.put("plan", s(plan));
        item.put("attempt", n(1));
        item.put("reason", s(""));
        item.put("counts", RunItems.counts(Map.of()));
        item.put("owner", s(settings.owner()));
        item.put("phase", s(RunItems.LIVE));
        item.put("time", time(now.plus(settings.lease())));
        item.put(Items.EXPIRES, n(now.plus(settings.keep()).getEpochSecond()));
        item.put(
                History.ATTRIBUTE, AttributeValue.fromL(List.of(History.event(now, "begun", settings.owner(), stage))));
        Map<String, AttributeValue> current = new HashMap<>(RunItems.current(name));
        current.put("run", s(id));
        Dynamo.transact(
                client,
                "beginRun",
                "begin run " + id,
                List.of(put(item, "attribute_not_exists(feed)"), put(current, "attribute_not_exists(feed)")));
        return RunItems.run(item);
    }

    private TransactWriteItem put(Map<String, AttributeValue> item, String condition) {
        return TransactWriteItem.builder()
                .put(p -> p.tableName(settings.batches()).item(item).conditionExpression(condition))
                .build();
    }

    /** @throws TransactionCanceledException if it isn't this instance's, or has ended */
    void end(Run run, RunStatus status, String reason, Map<String, Long> counts) {
        Instant now = clock.instant();
        TransactWriteItem ended = TransactWriteItem.builder()
                .update(u -> u.tableName(settings.batches())
                        .key(RunItems.key(run.name(), run.id()))
                        .updateExpression(
                                History.appending(
                                        "SET #status = :status, #phase = :phase, #time = :now, #reason = :reason, #counts = :counts"))
                        .conditionExpression(Runs.MINE)
                        .expressionAttributeNames(Map.of(
                                "#status", "status",
                                "#phase", "phase",
                                "#time", "time",
                                "#reason", "reason",
                                "#counts", "counts",
                                "#owner", "owner",
                                "#history", History.ATTRIBUTE))
                        .expressionAttributeValues(Map.of(
                                ":status", s(status.word()),
                                ":phase", s(RunItems.LIVE + " " + status.word()),
                                ":now", time(now),
                                ":reason", s(reason),
                                ":counts", RunItems.counts(counts),
                                ":me", s(settings.owner()),
                                ":running", s(RunStatus.RUNNING.word()),
                                ":event", event(status.word(), reason),
                                ":nothing", AttributeValue.fromL(List.of()))))
                .build();
        TransactWriteItem free = TransactWriteItem.builder()
                .delete(d -> d.tableName(settings.batches())
                        .key(RunItems.current(run.name()))
                        .conditionExpression("attribute_not_exists(feed) OR #run = :id")
                        .expressionAttributeNames(Map.of("#run", "run"))
                        .expressionAttributeValues(Map.of(":id", s(run.id()))))
                .build();
        Dynamo.transact(client, "endRun", "end run " + run.id(), List.of(ended, free));
    }

    private AttributeValue event(String what, String detail) {
        return AttributeValue.fromL(List.of(History.event(clock.instant(), what, settings.owner(), detail)));
    }
}
