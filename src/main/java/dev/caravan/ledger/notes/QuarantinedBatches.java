package dev.caravan.ledger.notes;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.dynamo.Dynamo;
import dev.caravan.ledger.dynamo.Items;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Which batches have lost files to quarantine, so that who looks needn't read all batches. Items of the batches table, in a partition that no feed can have; each is
 * written with the quarantine, in its transaction. Failures are a {@link LedgerUnavailable}.
 */
public final class QuarantinedBatches {
    private static final Comparator<Noted> NEWEST_FIRST = Comparator.comparing(
                    (Noted noted) -> BatchId.time(noted.batch()).orElse(Instant.EPOCH))
            .reversed();

    private final DynamoDbClient client;
    private final LedgerSettings settings;

    public QuarantinedBatches(DynamoDbClient client, LedgerSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * A batch of which files were quarantined.
     *
     * @param batch its id
     * @param files how many at first, once for each cluster that refused one: since then some may have been reloaded or overwritten
     */
    public record Noted(String batch, long files) {}

    /** All of them, newest first. */
    public List<Noted> all() {
        return Dynamo.call(
                "read which batches have quarantined files",
                () ->
                        client
                                .queryPaginator(Dynamo.partition(settings, "quarantines", Items.QUARANTINES))
                                .items()
                                .stream()
                                .map(item -> new Noted(Items.text(item, "batch"), Items.number(item, "files")))
                                .sorted(NEWEST_FIRST)
                                .toList());
    }

    /** Nothing of it is quarantined any more, unless more has been since. */
    public void forget(Noted noted) {
        Map<String, AttributeValue> key = Map.of("feed", s(Items.QUARANTINES), "batch", s(noted.batch()));
        try {
            Dynamo.call(
                    "forget that batch " + noted.batch() + " had quarantined files",
                    () -> client.deleteItem(r -> r.tableName(settings.batches())
                            .overrideConfiguration(Dynamo.step("forgetQuarantine"))
                            .key(key)
                            .conditionExpression("#files = :seen")
                            .expressionAttributeNames(Map.of("#files", "files"))
                            .expressionAttributeValues(Map.of(":seen", n(noted.files())))));
        } catch (ConditionalCheckFailedException e) {
            return; // it is looked at again
        }
    }
}
