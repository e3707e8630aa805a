package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;

/** What the ledger says of files: which are in a batch, and what is known of an object. */
public final class BatchFiles {
    private final DynamoDbClient client;
    private final LedgerSettings settings;

    public BatchFiles(DynamoDbClient client, LedgerSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    void files(Batch batch, Consumer<FileEntry> consumer) {
        long files = 0;
        long items = 0;
        Map<String, AttributeValue> from = Map.of();
        do {
            Map<String, AttributeValue> start = from;
            var page = Dynamo.call(
                    "read the files of batch " + batch.id(),
                    () -> client.query(r -> r.tableName(settings.entries())
                            .overrideConfiguration(Dynamo.step("files"))
                            .consistentRead(true)
                            .keyConditionExpression("#batch = :batch AND #sequence < :quarantine")
                            .expressionAttributeNames(Map.of("#batch", "batch", "#sequence", "sequence"))
                            .expressionAttributeValues(
                                    Map.of(":batch", s(batch.id()), ":quarantine", n(EntriesItems.QUARANTINE)))
                            .exclusiveStartKey(start.isEmpty() ? null : start)));
            for (Map<String, AttributeValue> item : page.items()) {
                List<FileEntry> entries = EntriesItems.files(batch.feed(), item);
                entries.forEach(consumer);
                files += entries.size();
                items++;
            }
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty());
        if (files != batch.files() || items != batch.entries()) {
            throw new UnloadableBatch(
                    "batch " + batch.id() + " should have " + Quantity.count(batch.files(), "file") + " in "
                            + Quantity.count(batch.entries(), "entry", "entries") + ", but the table "
                            + settings.entries() + " holds " + files + " in "
                            + items
                            + ". Nothing is loaded from it: were items deleted by hand, or have they expired?");
        }
    }

    /** Every version of an object, in every feed. */
    List<Ledger.KnownFile> known(String url) {
        return known("known", url, "", Map.of("#object", "object"), Map.of(":object", s(url)));
    }

    /** The versions of an object that one feed has taken. */
    public List<Ledger.KnownFile> versions(String feed, String url) {
        return known(
                "versions",
                url,
                " AND begins_with(#version, :feed)",
                Map.of("#object", "object", "#version", "version"),
                Map.of(":object", s(url), ":feed", s(feed + "#")));
    }

    /**
     * Those of which the feed has taken more than one version. One statement in place of a query for each: a page of what {@code IN} finds has up to
     * ten items (<a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-operators.html">PartiQL operators</a>).
     */
    Set<String> overwritten(String feed, List<String> urls) {
        String statement = "SELECT \"object\", \"version\" FROM \"" + settings.files() + "\" WHERE \"object\" IN ["
                + String.join(", ", Collections.nCopies(urls.size(), "?")) + "]";
        List<AttributeValue> parameters = urls.stream().map(Items::s).toList();
        Set<String> seen = new HashSet<>();
        Set<String> overwritten = new HashSet<>();
        Optional<String> from = Optional.empty();
        do {
            Optional<String> start = from;
            ExecuteStatementResponse page = Dynamo.call(
                    "look which of " + Quantity.count(urls.size(), "object") + " were overwritten",
                    () -> client.executeStatement(r -> r.statement(statement)
                            .overrideConfiguration(Dynamo.step("overwritten"))
                            .parameters(parameters)
                            .consistentRead(true)
                            .nextToken(start.orElse(null))));
            page.items().stream()
                    .filter(item -> Items.text(item, "version").startsWith(feed + "#"))
                    .map(item -> Items.text(item, "object"))
                    .filter(url -> !seen.add(url))
                    .forEach(overwritten::add);
            from = Optional.ofNullable(page.nextToken());
        } while (from.isPresent());
        return overwritten;
    }

    private List<Ledger.KnownFile> known(
            String step, String url, String more, Map<String, String> names, Map<String, AttributeValue> values) {
        return Dynamo.call(
                "look what is known of " + url,
                () -> client
                        .queryPaginator(r -> r.tableName(settings.files())
                                .overrideConfiguration(Dynamo.step(step))
                                .consistentRead(true)
                                .keyConditionExpression("#object = :object" + more)
                                .expressionAttributeNames(names)
                                .expressionAttributeValues(values))
                        .items()
                        .stream()
                        .map(Items::knownFile)
                        .toList());
    }

    /** Files that are left out stand behind the entries that hold a batch's files. */
    List<QuarantinedFile> quarantined(Batch batch) {
        return leftOut(batch.id(), Long.MAX_VALUE).stream()
                .flatMap(item -> EntriesItems.quarantined(batch.feed(), item).stream())
                .toList();
    }

    /** The items that name files which clusters refused or a person left out, and none that is superseded. */
    List<Map<String, AttributeValue>> setAside(String batch) {
        return leftOut(batch, EntriesItems.SUPERSEDED - 1);
    }

    private List<Map<String, AttributeValue>> leftOut(String batch, long last) {
        return Dynamo.call(
                "read the quarantined files of batch " + batch,
                () -> client
                        .queryPaginator(r -> r.tableName(settings.entries())
                                .overrideConfiguration(Dynamo.step("quarantined"))
                                .consistentRead(true)
                                .keyConditionExpression("#batch = :batch AND #sequence BETWEEN :first AND :last")
                                .expressionAttributeNames(Map.of("#batch", "batch", "#sequence", "sequence"))
                                .expressionAttributeValues(Map.of(
                                        ":batch", s(batch), ":first", n(EntriesItems.QUARANTINE), ":last", n(last))))
                        .items()
                        .stream()
                        .toList());
    }
}
