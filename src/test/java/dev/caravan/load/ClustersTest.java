package dev.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.MutableClock;
import dev.caravan.batch.Batch;
import dev.caravan.ledger.Backlog;
import dev.caravan.ledger.DynamoDbClusterHolds;
import dev.caravan.ledger.DynamoDbFeedPauses;
import dev.caravan.ledger.DynamoDbLedger;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances agree on which clusters take loads. Their holds are in DynamoDB. */
class ClustersTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final int ANY = Integer.MAX_VALUE;
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final String tables = "holds-" + UUID.randomUUID().toString().substring(0, 8);
    private final MutableClock clock = new MutableClock(BEGIN);
    private final FeedPauses pauses = new DynamoDbFeedPauses(SharedSandbox.get().dynamoDb(), settings("one"), clock);
    private Optional<Instant> windowEnd = Optional.empty();
    private final Room room = new Room(3);
    private List<String> lists = List.of("east", "west");
    private final Clusters one = instance("one");
    private final Clusters other = instance("other");

    @BeforeEach
    void tables() {
        new DynamoDbLedger(SharedSandbox.get().dynamoDb(), settings("one"), clock).createTables();
    }

    @Test
    void aHeldClusterIsHeldForAllInstances_andTheOthersGoOn() {
        one.hold("east", "resizing", "batch-1");
        assertThat(one.admit("east", "batch-1")).isFalse();
        assertThat(takeable(other)).isEqualTo(Map.of("west", ANY));
        assertThat(other.admit("east", "batch-2")).isFalse();
        assertThat(other.admit("west", "batch-2")).isTrue();
        assertThat(other.closed("east")).contains("cluster east is held since 2026-01-31T12:00:00Z: resizing");
        assertThat(other.closed("west")).isEmpty();
    }

    @Test
    void oneProbeAtATime_afterPausesThatDoubleUpToAMinute() {
        one.hold("east", "resizing", "batch-0");
        int probe = 0;
        for (int pause : List.of(5, 10, 20, 40, 60, 60)) {
            clock.advance(Duration.ofSeconds(pause).minusMillis(1));
            assertThat(takeable(one)).doesNotContainKey("east");
            assertThat(one.admit("east", "early")).isFalse();
            clock.advance(Duration.ofMillis(1));
            assertThat(takeable(one)).containsEntry("east", 1);
            assertThat(takeable(other)).containsEntry("east", 1);
            probe++;
            assertThat(one.admit("east", "probe-" + probe)).isTrue();
            assertThat(one.admit("east", "second")).isFalse();
            assertThat(other.admit("east", "third")).isFalse();
            other.hold("east", "found out by another load", "third");
            one.hold("east", "still resizing", "probe-" + probe);
        }
    }

    @Test
    void whenTheOldestKeepsFailingOthersTryWhetherTheClusterIsBack() {
        one.hold("east", "no answer", "poison");
        List<Integer> passedOver = new ArrayList<>();
        for (int pause : List.of(5, 10, 20, 40, 60, 60, 60, 60, 60, 60)) {
            clock.advance(Duration.ofSeconds(pause));
            passedOver.add(probe(one, "east").passedOver());
            assertThat(one.admit("east", "poison")).isTrue();
            one.hold("east", "no answer", "poison");
        }
        assertThat(passedOver).containsExactly(0, 0, 1, 2, 3, 4, 5, 6, 7, 0);
    }

    @Test
    void aBatchThatAloneFindsAClusterAwayIsNotBelievedTwice() {
        one.hold("east", "no answer", "poison");
        clock.advance(Duration.ofSeconds(5));
        one.takeable();
        assertThat(one.admit("east", "good")).isTrue();
        one.works("east", "good");
        clock.advance(Duration.ofSeconds(1));
        one.hold("east", "no answer", "poison");
        assertThat(one.held("east")).isEmpty();
        assertThat(one.admit("east", "another")).isTrue();
        one.hold("east", "no answer", "another");
        assertThat(one.held("east")).isPresent();
    }

    @Test
    void aProbeThatNobodyHearsOfIsRepeatedAfterTheLease() {
        one.hold("east", "resizing", "batch-0");
        clock.advance(Duration.ofSeconds(5));
        assertThat(one.admit("east", "lost")).isTrue();
        clock.advance(LEASE.minusMillis(1));
        assertThat(takeable(other)).doesNotContainKey("east");
        clock.advance(Duration.ofMillis(1));
        assertThat(takeable(other)).containsEntry("east", 1);
        assertThat(other.admit("east", "next")).isTrue();
    }

    @Test
    void aClusterThatWorksAgainIsSoForTheOtherInstance_andItsBacklogIsLookedAtAtOnce() {
        one.hold("east", "resizing", "batch-0");
        other.takeable();
        clock.advance(Duration.ofSeconds(5));
        assertThat(one.admit("east", "probe")).isTrue();
        one.works("east", "probe");
        assertThat(one.closed("east")).isEmpty();
        other.nothingWaits("east");
        assertThat(takeable(other)).containsEntry("east", ANY);
        assertThat(other.admit("east", "any")).isTrue();
    }

    @Test
    void whereNothingWaitsItIsLookedAgainAfter15Seconds() {
        assertThat(takeable(one)).containsOnlyKeys("east", "west");
        one.nothingWaits("east");
        assertThat(takeable(one)).containsOnlyKeys("west");
        clock.advance(Duration.ofSeconds(60));
        assertThat(takeable(one)).containsOnlyKeys("east", "west");
    }

    @Test
    void aPlannedWindowClosesAllClusters() {
        windowEnd = Optional.of(BEGIN.plusSeconds(60));
        assertThat(one.admit("east", "batch-1")).isFalse();
        assertThat(one.admit("west", "batch-1")).isFalse();
        assertThat(takeable(one)).isEmpty();
        assertThat(one.closed("west"))
                .contains("nothing is loaded until 2026-01-31T12:01:00Z (caravan.no-load-windows)");
        windowEnd = Optional.empty();
        assertThat(one.admit("east", "batch-1")).isTrue();
        assertThat(takeable(one)).containsOnlyKeys("east", "west");
    }

    @Test
    void aPausedFeedIsSoForBothInstancesWithin2Seconds_andItsBacklogIsLookedAtWhenItIsResumed() {
        assertThat(one.paused("web")).isEmpty();
        assertThat(takeable(other)).containsOnlyKeys("east", "west");
        pauses.pause("web", "the table is altered");
        clock.advance(Duration.ofSeconds(2));
        assertThat(one.paused("web")).contains("feed web is paused since 2026-01-31T12:00:00Z: the table is altered");
        assertThat(one.paused("shop")).isEmpty();
        assertThat(takeable(other)).containsOnlyKeys("east", "west");
        assertThat(other.paused("web")).isPresent();
        pauses.resume("web");
        assertThat(takeable(other)).containsEntry("feed:web", ANY);
        assertThat(other.paused("web")).isEmpty();
        other.nothingWaits("feed:web");
        assertThat(takeable(other)).containsOnlyKeys("east", "west");
    }

    @Test
    void whatWaitsForAPausedFeedIsNotTakenUp_andDoesntKeepOthersFromTryingAHeldCluster() {
        pauses.pause("west", "a feed that is called like a cluster");
        one.hold("east", "resizing", "batch-0");
        clock.advance(Duration.ofSeconds(5));
        assertThat(takeable(one)).isEqualTo(Map.of("east", 8, "west", ANY));
        assertThat(one.admit("east", "probe")).isTrue();
        assertThat(one.admit("east", "second")).isFalse();
    }

    @Test
    void whatWaitsForTwoClustersIsTakenWhenEitherIsBack() {
        lists = List.of("east,west");
        one.hold("east", "resizing", "batch-0");
        one.hold("west", "resizing", "batch-0");
        assertThat(takeable(one)).isEmpty();
        clock.advance(Duration.ofSeconds(5));
        assertThat(probe(one, "west").lists()).containsExactly("west", "east,west");
        assertThat(one.admit("west", "probe")).isTrue();
        one.works("west", "probe");
        assertThat(takeable(one)).containsEntry("east,west", ANY);
    }

    @Test
    void asManyWaitForTheirTurnAsThereIsRoomFor_andWhoCameLaterGoesBehindThem() {
        lists = List.of("turn:web:east,west");
        Batch late = locked("web", 1);
        Batch again = locked("web", 2);
        assertThat(one.hasRoom("east", late)).isTrue();
        assertThat(takeable(one)).containsEntry("turn:web:east,west", 3);
        assertThat(one.hasRoom("east", late)).isFalse();
        assertThat(one.hasRoom("east", again)).isTrue();
        assertThat(one.hasRoom("east", locked("shop", 1))).isTrue();
        for (int i = 0; i < 3; i++) {
            room.enter("web", "east");
        }
        assertThat(one.hasRoom("east", again)).isFalse();
        assertThat(one.hasRoom("west", again)).isTrue();
        assertThat(takeable(one)).containsEntry("turn:web:east,west", 3);
        one.hold("west", "resizing", "batch-0");
        assertThat(takeable(one)).isEmpty();
        room.leave("web", "east");
        assertThat(takeable(one)).containsEntry("turn:web:east,west", 1);
        assertThat(one.queued("web")).isEqualTo(2);
        one.nothingWaits("turn:web:east,west");
        assertThat(one.hasRoom("east", late)).isTrue();
    }

    @Test
    void whoHasWaitedForItsTurnBeginsOnlyIfItsClusterAndItsFeedAreStillOpen() {
        Batch batch = locked("web", 1);
        assertThat(one.stillAdmits("east", batch)).isTrue();
        one.hold("east", "resizing", "batch-0");
        assertThat(one.stillAdmits("east", batch)).isFalse();
        assertThat(one.stillAdmits("west", batch)).isTrue();
        clock.advance(Duration.ofSeconds(5));
        assertThat(one.admit("east", batch.id())).isTrue();
        assertThat(one.stillAdmits("east", batch)).isTrue();
        windowEnd = Optional.of(BEGIN.plusSeconds(60));
        assertThat(one.stillAdmits("west", batch)).isFalse();
        windowEnd = Optional.empty();
        pauses.pause("web", "");
        clock.advance(Duration.ofSeconds(2));
        assertThat(one.stillAdmits("west", batch)).isFalse();
    }

    private static Batch locked(String feed, int attempt) {
        Batch first =
                Batch.fresh(feed + "-1", feed, feed, Batch.SHARED, BEGIN, BEGIN).lockedAt(BEGIN);
        return attempt == 1
                ? first
                : new Batch(
                        first.id(),
                        feed,
                        feed,
                        Batch.SHARED,
                        first.status(),
                        first.stage(),
                        1,
                        1,
                        1,
                        BEGIN,
                        BEGIN,
                        first.locked(),
                        attempt,
                        0,
                        "",
                        "",
                        Map.of(),
                        0,
                        List.of(),
                        Map.of(),
                        0);
    }

    /** How many may be taken from each list; of a held cluster the probe. */
    private static Map<String, Integer> takeable(Clusters clusters) {
        return clusters.takeable().stream()
                .collect(Collectors.toMap(takeable -> takeable.lists().get(0), Backlog.Takeable::most));
    }

    private static Backlog.Takeable probe(Clusters clusters, String cluster) {
        return clusters.takeable().stream()
                .filter(takeable -> takeable.probe() && takeable.lists().contains(cluster))
                .findFirst()
                .orElseThrow();
    }

    private Clusters instance(String owner) {
        return new Clusters(
                room,
                new DynamoDbClusterHolds(SharedSandbox.get().dynamoDb(), settings(owner), clock),
                pauses,
                () -> lists,
                now -> windowEnd,
                clock);
    }

    private LedgerSettings settings(String owner) {
        return new LedgerSettings(tables, owner, LEASE, Duration.ofDays(3650));
    }
}
