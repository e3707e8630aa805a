package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.LeaseLost;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
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
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Changes to locked batches: each is conditional on this instance being the owner, or on becoming it. */
final class LockedBatches {
    private static final Logger LOG = LoggerFactory.getLogger(LockedBatches.class);

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;
    private final LockedBatchWriter writer;

    /** Batches that were to be given up when the ledger couldn't be told. Whoever says next that they have ended doesn't know that. */
    private final Set<String> leftToLease = ConcurrentHashMap.newKeySet();

    LockedBatches(DynamoDbClient client, LedgerSettings settings, Clock clock, LockedBatchWriter writer) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        this.writer = writer;
    }

    Batch reach(Batch batch, Stage stage) {
        Map<String, String> names = new HashMap<>(Map.of("#stage", "stage"));
        return writer.change(
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
        return writer.change(
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
        return writer.change(step, what, outcome.cluster(), batch.id(), update, names, values);
    }

    Batch note(Batch batch, String reason) {
        return writer.change(
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
        return writer.change(
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
        Optional<Batch> known = writer.atNotify(id);
        return known.isPresent() ? known.map(this::confirm) : confirmAsRead(id);
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
        return writer.change(
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
            Batch left = writer.change(step, what, detail, id, update, names, values);
            writer.forget(id);
            return left;
        } catch (LedgerUnavailable e) {
            writer.forget(id);
            leftToLease.add(id);
            throw e;
        }
    }

    void handOver(String id) {
        Map<String, String> names = new HashMap<>(Map.of("#time", "time"));
        try {
            writer.change(
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
            writer.forget(id);
        }
    }

    void renew(String id) {
        writer.write(
                "renew",
                id,
                "SET #time = :lease",
                Map.of("#time", "time"),
                Map.of(":lease", time(clock.instant().plus(settings.lease()))));
    }
}
