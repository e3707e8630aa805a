package dev.caravan.ledger.notes;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.ledger.ClusterHolds;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.Dynamo;
import dev.caravan.ledger.dynamo.Items;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Holds as items of the batches table, in a partition that no feed can have: a feed's name has no {@code #}. */
public final class DynamoDbClusterHolds implements ClusterHolds {
    private static final String PARTITION = "#held-clusters";
    private static final String CLUSTER = "cluster";
    private static final String INSTANCE = "instance";
    private static final String HERE_ONLY = "hereOnly";

    /** An instance's own hold ends with the instance, whose name no other has. */
    private static final Duration OWN_KEPT = Duration.ofDays(1);

    private static final String FAILED = "failedProbes";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** The clusters that don't let this instance in: nobody else notes that for it. */
    private final Set<String> own = ConcurrentHashMap.newKeySet();

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
                        () -> client.query(Dynamo.partition(settings, "holds", PARTITION)))
                .items()
                .stream()
                .map(DynamoDbClusterHolds::hold)
                .toList();
    }

    @Override
    public List<Hold> here() {
        return all().stream()
                .filter(hold -> !hold.hereOnly() || hold.instance().equals(settings.owner()))
                .toList();
    }

    @Override
    public boolean holdCluster(String cluster, String reason, String batch, boolean hereOnly) {
        Instant now = clock.instant();
        Map<String, AttributeValue> key = hereOnly ? ownKey(cluster) : key(cluster);
        if (hereOnly) {
            own.add(cluster);
        }
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put(CLUSTER, s(cluster));
        item.put(INSTANCE, s(settings.owner()));
        if (hereOnly) {
            item.put(HERE_ONLY, AttributeValue.fromBool(true));
            item.put(Items.EXPIRES, n(now.plus(OWN_KEPT).getEpochSecond()));
        }
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
            prolong(cluster, key, reason, batch);
            return false;
        }
    }

    private void prolong(String cluster, Map<String, AttributeValue> key, String reason, String batch) {
        Map<String, AttributeValue> held = Dynamo.call(
                        "read the hold of cluster " + cluster,
                        () -> client.getItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("holds"))
                                .key(key)
                                .consistentRead(true)))
                .item();
        if (!held.isEmpty()) {
            long pause = Math.min(Items.number(held, "pause") * 2, LONGEST_PAUSE.toMillis());
            boolean unused = update(
                    "holdCluster",
                    cluster,
                    key,
                    r -> r.updateExpression("SET #until = :until, #pause = :pause, #reason = :reason,"
                                    + " #instance = :me, #failed = if_not_exists(#failed, :none) + :one REMOVE #probe")
                            .conditionExpression("#probe = :batch")
                            .expressionAttributeNames(Map.of(
                                    "#until",
                                    "until",
                                    "#pause",
                                    "pause",
                                    "#reason",
                                    "reason",
                                    "#probe",
                                    "probe",
                                    "#failed",
                                    FAILED,
                                    "#instance",
                                    INSTANCE))
                            .expressionAttributeValues(Map.of(
                                    ":none", n(0),
                                    ":one", n(1),
                                    ":me", s(settings.owner()),
                                    ":until", time(clock.instant().plusMillis(pause)),
                                    ":pause", n(pause),
                                    ":reason", s(reason),
                                    ":batch", s(batch))));
        }
    }

    @Override
    public boolean probeCluster(Hold hold, String batch) {
        Instant now = clock.instant();
        return update(
                "probeCluster",
                hold.cluster(),
                hold.hereOnly() ? ownKey(hold.cluster()) : key(hold.cluster()),
                r -> r.updateExpression("SET #until = :until, #probe = :batch")
                        .conditionExpression("#until <= :now")
                        .expressionAttributeNames(Map.of("#until", "until", "#probe", "probe"))
                        .expressionAttributeValues(Map.of(
                                ":until", time(now.plus(settings.lease())), ":now", time(now), ":batch", s(batch))));
    }

    private boolean update(
            String step, String cluster, Map<String, AttributeValue> key, Consumer<UpdateItemRequest.Builder> update) {
        try {
            Map<String, AttributeValue> unused = Dynamo.update(
                    client,
                    step,
                    "change the hold of cluster " + cluster,
                    r -> r.tableName(settings.batches()).key(key).applyMutation(update));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public Optional<Hold> releaseCluster(String cluster, String batch) {
        Optional<Hold> ofThisInstance =
                own.contains(cluster) ? release(cluster, ownKey(cluster), batch) : Optional.empty();
        ofThisInstance.ifPresent(released -> own.remove(cluster));
        return release(cluster, key(cluster), batch).or(() -> ofThisInstance);
    }

    private Optional<Hold> release(String cluster, Map<String, AttributeValue> key, String batch) {
        try {
            Map<String, AttributeValue> item = Dynamo.call(
                            "end the hold of cluster " + cluster,
                            () -> client.deleteItem(r -> r.tableName(settings.batches())
                                    .overrideConfiguration(Dynamo.step("releaseCluster"))
                                    .key(key)
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

    private Map<String, AttributeValue> ownKey(String cluster) {
        return key(cluster + "#" + settings.owner());
    }

    private static Hold hold(Map<String, AttributeValue> item) {
        return new Hold(
                item.containsKey(CLUSTER) ? Items.text(item, CLUSTER) : Items.text(item, "batch"),
                Items.instant(item, "since"),
                Items.instant(item, "until"),
                Items.text(item, "reason"),
                item.containsKey(FAILED) ? (int) Items.number(item, FAILED) : 0,
                item.containsKey(INSTANCE) ? Items.text(item, INSTANCE) : "",
                item.containsKey(HERE_ONLY));
    }
}
