package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.LedgerSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Batches that have failed: which they are, and the one change that is made of them by itself. */
final class EndedBatches {
    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;
    private final SomeOfMany someOfMany;

    EndedBatches(DynamoDbClient client, LedgerSettings settings, Clock clock, SomeOfMany someOfMany) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        this.someOfMany = someOfMany;
    }

    List<String> failed(Predicate<String> feeds, Instant now) {
        String phase = Items.phase(BatchStatus.ERROR);
        return someOfMany.look("failed", phase, "0", time(now).s(), phase).stream()
                .filter(item -> feeds.test(Items.text(item, "feed")))
                .map(item -> Items.text(item, "id"))
                .toList();
    }

    Batch makeGood(Batch failed, String detail) throws Conflict {
        Map<String, String> names = new HashMap<>(Map.of(
                "#status",
                "status",
                "#phase",
                "phase",
                "#time",
                "time",
                "#attempt",
                "attempt",
                "#quarantined",
                "quarantined",
                "#deleting",
                DynamoDbBatchSteering.DELETING,
                "#history",
                History.ATTRIBUTE));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":complete", s(BatchStatus.COMPLETE.word()),
                ":phase", s(Items.phase(BatchStatus.COMPLETE)),
                ":now", time(clock.instant()),
                ":error", s(BatchStatus.ERROR.word()),
                ":attempt", n(failed.attempt()),
                ":seen", n(failed.quarantined())));
        values.put(
                ":event",
                AttributeValue.fromL(List.of(History.event(clock.instant(), "made good", settings.owner(), detail))));
        values.put(":nothing", AttributeValue.fromL(List.of()));
        try {
            return Items.batch(Dynamo.update(
                    client,
                    "makeGood",
                    "note that other batches have loaded the files of batch " + failed.id(),
                    r -> r.tableName(settings.batches())
                            .key(Items.batchKey(failed.id()))
                            .updateExpression(
                                    History.appending("SET #status = :complete, #phase = :phase, #time = :now"))
                            .conditionExpression("#status = :error AND #attempt = :attempt AND #quarantined = :seen"
                                    + " AND attribute_not_exists(#deleting)")
                            .expressionAttributeNames(names)
                            .expressionAttributeValues(values)));
        } catch (ConditionalCheckFailedException e) {
            throw new Conflict("batch " + failed.id() + " has changed since it was read");
        }
    }
}
