package dev.caravan.redshift.admission;

import dev.caravan.MutableClock;
import dev.caravan.ledger.Backlog;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.ledger.notes.DynamoDbClusterHolds;
import dev.caravan.ledger.notes.DynamoDbFeedPauses;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Two instances on one ledger, with clusters east and west. */
abstract class TwoInstances {
    static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    static final int ANY = Integer.MAX_VALUE;
    static final Duration LEASE = Duration.ofSeconds(60);
    final String tables = "holds-" + UUID.randomUUID().toString().substring(0, 8);
    final MutableClock clock = new MutableClock(BEGIN);
    final FeedPauses pauses = new DynamoDbFeedPauses(SharedSandbox.get().dynamoDb(), settings("one"), clock);
    Optional<Instant> windowEnd = Optional.empty();
    final Room room = new Room(3);
    List<String> lists = List.of("east", "west");
    final Clusters one = instance("one");
    final Clusters other = instance("other");

    @BeforeEach
    void tables() {
        new DynamoDbLedger(SharedSandbox.get().dynamoDb(), settings("one"), clock).createTables();
    }

    /** How many may be taken from each list; of a held cluster the probe. */
    static Map<String, Integer> takeable(Clusters clusters) {
        return clusters.takeable().stream()
                .collect(Collectors.toMap(takeable -> takeable.lists().get(0), Backlog.Takeable::most));
    }

    static Backlog.Takeable probe(Clusters clusters, String cluster) {
        return clusters.takeable().stream()
                .filter(takeable -> takeable.probe() && takeable.lists().contains(cluster))
                .findFirst()
                .orElseThrow();
    }

    Clusters instance(String owner) {
        return instance(owner, SharedSandbox.get().dynamoDb());
    }

    Clusters instance(String owner, DynamoDbClient client) {
        return new Clusters(
                room,
                new DynamoDbClusterHolds(client, settings(owner), clock),
                pauses,
                () -> lists,
                now -> windowEnd,
                clock);
    }

    LedgerSettings settings(String owner) {
        return new LedgerSettings(tables, owner, LEASE, Duration.ofDays(3650));
    }
}
