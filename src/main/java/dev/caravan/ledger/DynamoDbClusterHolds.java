package dev.caravan.ledger;

import static dev.caravan.ledger.Items.n;
import static dev.caravan.ledger.Items.s;
import static dev.caravan.ledger.Items.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Holds as items of the batches table, in a partition that no feed can have: a feed's name has no {@code #}. */
public final class DynamoDbClusterHolds implements ClusterHolds {
    private static final String PARTITION = "#held-clusters";
    private static final String FAILED = "failedProbes";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;

    public DynamoDbClusterHolds(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Hold> all() {
        return Dynamo.call(
                        "read which clusters are held",
                        () -> client.query(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("holds"))
                                .consistentRead(true)
                                .keyConditionExpression("#feed = :partition")
                                .expressionAttributeNames(Map.of("#feed", "feed"))
                                .expressionAttributeValues(Map.of(":partition", s(PARTITION)))))
                .items()
                .stream()
                .map(DynamoDbClusterHolds::hold)
                .toList();
    }

    @Override
    public boolean holdCluster(String cluster, String reason, String batch) {
        Instant now = clock.instant();
        Map<String, AttributeValue> item = new HashMap<>(key(cluster));
        item.put("since", time(now));
        item.put("until", time(now.plus(FIRST_PAUSE)));
        item.put("pause", n(FIRST_PAUSE.toMillis()));
        item.put("reason", s(reason));
        item.put("found", s(batch));
        try {
            Dynamo.put(
                    client,
                    "holdCluster",
                    "hold cluster " + cluster,
                    r -> r.tableName(settings.batches())
                            .item(item)
                            .conditionExpression("attribute_not_exists(#feed)")
                            .expressionAttributeNames(Map.of("#feed", "feed")));
            return true;
        } catch (ConditionalCheckFailedException e) {
            prolong(cluster, reason, batch);
            return false;
        }
    }

    private void prolong(String cluster, String reason, String batch) {
        Map<String, AttributeValue> held = Dynamo.call(
                        "read the hold of cluster " + cluster,
                        () -> client.getItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("holds"))
                                .key(key(cluster))
                                .consistentRead(true)))
                .item();
        if (!held.isEmpty()) {
            long pause = Math.min(Items.number(held, "pause") * 2, LONGEST_PAUSE.toMillis());
            boolean unused = update(
                    "holdCluster",
                    cluster,
                    r -> r.updateExpression("SET #until = :until, #pause = :pause, #reason = :reason,"
                                    + " #failed = if_not_exists(#failed, :none) + :one REMOVE #probe")
                            .conditionExpression("#probe = :batch")
                            .expressionAttributeNames(Map.of(
                                    "#until", "until", "#pause", "pause", "#reason", "reason", "#probe", "probe",
                                    "#failed", FAILED))
                            .expressionAttributeValues(Map.of(
                                    ":none", n(0),
                                    ":one", n(1),
                                    ":until", time(clock.instant().plusMillis(pause)),
                                    ":pause", n(pause),
                                    ":reason", s(reason),
                                    ":batch", s(batch))));
        }
    }

    @Override
    public boolean probeCluster(String cluster, String batch) {
        Instant now = clock.instant();
        return update(
                "probeCluster",
                cluster,
                r -> r.updateExpression("SET #until = :until, #probe = :batch")
                        .conditionExpression("#until <= :now")
                        .expressionAttributeNames(Map.of("#until", "until", "#probe", "probe"))
                        .expressionAttributeValues(Map.of(
                                ":until", time(now.plus(settings.lease())), ":now", time(now), ":batch", s(batch))));
    }

    private boolean update(String step, String cluster, Consumer<UpdateItemRequest.Builder> update) {
        try {
            Map<String, AttributeValue> unused = Dynamo.update(
                    client,
                    step,
                    "change the hold of cluster " + cluster,
                    r -> r.tableName(settings.batches()).key(key(cluster)).applyMutation(update));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public Optional<Hold> releaseCluster(String cluster, String batch) {
        try {
            Map<String, AttributeValue> item = Dynamo.call(
                            "end the hold of cluster " + cluster,
                            () -> client.deleteItem(r -> r.tableName(settings.batches())
                                    .overrideConfiguration(Dynamo.step("releaseCluster"))
                                    .key(key(cluster))
                                    .conditionExpression("attribute_not_exists(#probe) OR #probe = :batch")
                                    .expressionAttributeNames(Map.of("#probe", "probe"))
                                    .expressionAttributeValues(Map.of(":batch", s(batch)))
                                    .returnValues(ReturnValue.ALL_OLD)))
                    .attributes();
            return item.isEmpty() ? Optional.empty() : Optional.of(hold(item));
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    private static Map<String, AttributeValue> key(String cluster) {
        return Map.of("feed", s(PARTITION), "batch", s(cluster));
    }

    private static Hold hold(Map<String, AttributeValue> item) {
        return new Hold(
                Items.text(item, "batch"),
                Items.instant(item, "since"),
                Items.instant(item, "until"),
                Items.text(item, "reason"),
                item.containsKey(FAILED) ? (int) Items.number(item, FAILED) : 0);
    }
}
