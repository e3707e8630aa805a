package dev.caravan.ledger.notes;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.dynamo.Dynamo;
import dev.caravan.ledger.dynamo.Items;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which instances run: each says so every 20 s. Kept as items of the batches table, in a partition that no feed can have: a feed's name has no {@code #}. All
 * times are DynamoDB's, so that nobody's clock matters. Failures are a {@link LedgerUnavailable}, as in {@link Ledger}. Safe for use by many threads.
 */
public final class Instances {
    /** How often an instance says that it runs. */
    public static final Duration BEAT = Duration.ofSeconds(20);

    /** Two beats may be lost: who says nothing for so long is taken for dead. */
    public static final Duration SILENCE = Duration.ofSeconds(70);

    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final String PARTITION = "#instances";
    private static final String STOPPED = "stopped";

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Duration silence;
    private final ServersClock clock;

    public Instances(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this(client, settings, clock, SILENCE);
    }

    /** @param silence after so much of it an instance is taken for dead */
    Instances(DynamoDbClient client, LedgerSettings settings, Clock clock, Duration silence) {
        this.client = client;
        this.settings = settings;
        this.silence = silence;
        this.clock = new ServersClock(clock);
    }

    /**
     * An instance.
     *
     * @param name as in batches' histories
     * @param version Caravan's
     * @param started when its routes had started
     * @param seen when it last said that it runs
     */
    public record Instance(String name, String version, Instant started, Instant seen) {}

    /**
     * What is known of all.
     *
     * @param running in the order of their names
     * @param last of those that don't run any more the one that did so last; it is forgotten after a week
     */
    public record Known(List<Instance> running, Optional<Instance> last, Instant now) {}

    /** Begins to say that this one runs. Returns the time, as {@link #beat} wants it. */
    Instant begin(String version) {
        known(); // tells the time
        Instant now = clock.now();
        beat(version, now);
        return now;
    }

    /** Says that this one runs. */
    void beat(String version, Instant started) {
        put(version, started, false);
    }

    /** Says that this one has stopped. */
    void end(String version, Instant started) {
        put(version, started, true);
    }

    private void put(String version, Instant started, boolean stopped) {
        Instant now = clock.now();
        Map<String, AttributeValue> item = new HashMap<>(Map.of(
                "feed",
                s(PARTITION),
                "batch",
                s(settings.owner()),
                "version",
                s(version),
                "started",
                time(started),
                "seen",
                time(now),
                Items.EXPIRES,
                n(now.plus(REMEMBERED).getEpochSecond())));
        if (stopped) {
            item.put(STOPPED, AttributeValue.fromBool(true));
        }
        clock.heard(Dynamo.call(
                "say that this instance runs",
                () -> client.putItem(r -> r.tableName(settings.batches())
                        .overrideConfiguration(Dynamo.step("instance"))
                        .item(item))));
    }

    /** Which run, read consistently. */
    public Known known() {
        List<Map<String, AttributeValue>> items = Dynamo.call(
                "read which instances run",
                () -> client.queryPaginator(Dynamo.partition(settings, "instances", PARTITION)).stream()
                        .peek(clock::heard)
                        .flatMap(page -> page.items().stream())
                        .toList());
        Instant now = clock.now();
        List<Instance> running = items.stream()
                .filter(item -> runs(item, now))
                .map(Instances::instance)
                .toList();
        Optional<Instance> last = items.stream()
                .filter(item -> !runs(item, now))
                .map(Instances::instance)
                .max(Comparator.comparing(Instance::seen));
        return new Known(running, last, now);
    }

    private boolean runs(Map<String, AttributeValue> item, Instant now) {
        return !item.containsKey(STOPPED)
                && Items.instant(item, "seen").plus(silence).isAfter(now);
    }

    private static Instance instance(Map<String, AttributeValue> item) {
        return new Instance(
                Items.text(item, "batch"),
                Items.text(item, "version"),
                Items.instant(item, "started"),
                Items.instant(item, "seen"));
    }
}
