package dev.caravan.ledger.notes;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.Dynamo;
import dev.caravan.ledger.dynamo.Items;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Objects that an operator announced before writing them, to see whether their event comes: whoever receives it notes that, and loads nothing. A key alone
 * makes no object a test: what nobody announced under this very URL is a file like any other. Items of the batches table, in a partition that no feed
 * can have; written by the operator's command, and once by whoever receives the event.
 */
public final class EventTests {
    private static final String PARTITION = "#event-tests";
    private static final String NAME = "caravan-check-";
    private static final Pattern TOKEN =
            Pattern.compile(NAME + "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    /** Longer than SQS keeps a message: the event may come late. */
    private static final Duration KEEP = Duration.ofDays(30);

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;

    public EventTests(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    /** A key for a test object that nobody has used. */
    public static String key(String prefix, String suffix) {
        return prefix + NAME + UUID.randomUUID() + suffix;
    }

    /** Has the object with this URL, whose key is from {@link #key}, taken for a test when its event comes. */
    public void announce(String url) {
        Map<String, AttributeValue> item = Map.of(
                "feed",
                s(PARTITION),
                "batch",
                s(token(url).orElseThrow()),
                "url",
                s(url),
                Items.EXPIRES,
                n(clock.instant().plus(KEEP).getEpochSecond()));
        Dynamo.call(
                "announce a test object",
                () -> client.putItem(r -> r.tableName(settings.batches())
                        .overrideConfiguration(Dynamo.step("announceTest"))
                        .item(item)));
    }

    /** Whether the object with this URL was announced; then it is noted that its event has come. Asks the ledger only of keys that may be. */
    public boolean received(String url) {
        Optional<String> token = token(url);
        if (token.isEmpty()) {
            return false;
        }
        try {
            Dynamo.call(
                    "note a test object's event",
                    () -> client.updateItem(r -> r.tableName(settings.batches())
                            .overrideConfiguration(Dynamo.step("receivedTest"))
                            .key(key(token.get()))
                            .conditionExpression("#url = :url")
                            .updateExpression("SET #at = if_not_exists(#at, :now), #by = if_not_exists(#by, :me)")
                            .expressionAttributeNames(Map.of("#url", "url", "#at", "received", "#by", "by"))
                            .expressionAttributeValues(Map.of(
                                    ":url", s(url), ":now", time(clock.instant()), ":me", s(settings.owner())))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /**
     * Who received a test object's event, and when.
     *
     * @param by the instance
     */
    public record Receipt(Instant at, String by) {}

    /** Empty if nobody has received it yet. */
    public Optional<Receipt> receipt(String url) {
        Map<String, AttributeValue> item = Dynamo.call(
                        "look whether a test object's event has come",
                        () -> client.getItem(r -> r.tableName(settings.batches())
                                .overrideConfiguration(Dynamo.step("lookForTest"))
                                .consistentRead(true)
                                .key(key(token(url).orElseThrow()))))
                .item();
        return item.containsKey("received")
                ? Optional.of(new Receipt(Items.instant(item, "received"), Items.text(item, "by")))
                : Optional.empty();
    }

    private static Optional<String> token(String url) {
        Matcher matcher = TOKEN.matcher(url);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Map<String, AttributeValue> key(String token) {
        return Map.of("feed", s(PARTITION), "batch", s(token));
    }
}
