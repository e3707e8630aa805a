package dev.caravan.redshift.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.LogOf;
import dev.caravan.MutableClock;
import dev.caravan.batch.Batch;
import dev.caravan.ledger.Backlog;
import dev.caravan.ledger.ClusterHolds.Hold;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.ledger.notes.DynamoDbClusterHolds;
import dev.caravan.ledger.notes.DynamoDbFeedPauses;
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
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

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
        assertThat(other.closed("east"))
                .contains("cluster east is held since 2026-01-31T12:00:00Z: resizing (found by instance one)");
        assertThat(other.closed("west")).isEmpty();
    }

    @Test
    void anEndThatTheLedgerDoesNotTake_isToldWhenAnotherInstanceHasFoundIt() {
        Clusters refused = instance("refused", DynamoDbClient.create());
        one.hold("east", "resizing", "batch-1");
        refused.takeable();
        SharedSandbox.get().awsFaults().add("dynamodb denied match=DeleteItem forever");
        try (LogOf log = LogOf.messages("dev.caravan.redshift.admission.Clusters")) {
            assertThatThrownBy(() -> refused.works("east", "batch-1")).isInstanceOf(LedgerUnavailable.class);
            SharedSandbox.get().awsFaults().clear();
            one.works("east", "batch-1");
            refused.takeable();
            assertThat(log.lines("as another instance has found")).hasSize(1);
        } finally {
            SharedSandbox.get().awsFaults().clear();
        }
    }

    @Test
    void aHoldThatBeganElsewhere_orBeforeTheStart_isInTheLogOnce_asIsItsEnd() {
        one.hold("east", "resizing", "batch-1");
        try (LogOf log = LogOf.messages("dev.caravan.redshift.admission.Clusters")) {
            Clusters later = instance("later");
            later.takeable();
            later.takeable();
            assertThat(log.lines("held"))
                    .containsExactly(
                            "Cluster east is held since 2026-01-31T12:00:00Z: resizing (found by instance one). Its loads wait, and one at a"
                                    + " time tries whether it is back");
            clock.advance(Duration.ofSeconds(5));
            assertThat(one.admit("east", "batch-1")).isTrue();
            one.works("east", "batch-1");
            later.takeable();
            later.takeable();
            assertThat(log.lines("takes loads again"))
                    .containsExactlyInAnyOrder(
                            "Cluster east takes loads again after 5 s; what has waited for it is loaded now, oldest first",
                            "Cluster east takes loads again, as another instance has found");
        }
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
                        0,
                        Optional.empty());
    }

    /** How many may be taken from each list; of a held cluster the probe. */
    private static Map<String, Integer> takeable(Clusters clusters) {
        return clusters.takeable().stream()
                .collect(Collectors.toMap(takeable -> takeable.lists().get(0), Backlog.Takeable::most));
    }

    @Test
    void aClusterThatDoesNotLetAnInstanceInIsHeldForThatOneAlone_untilItDoes() {
        List<Hold> told = new ArrayList<>();
        one.onHold(listener(told));
        one.refused("east", "wrong password", "batch-1");
        assertThat(one.closed("east"))
                .contains("cluster east doesn't let instance one in since 2026-01-31T12:00:00Z: wrong password");
        assertThat(one.admit("east", "batch-2")).isFalse();
        assertThat(takeable(one)).isEqualTo(Map.of("west", ANY));
        assertThat(other.closed("east")).isEmpty();
        assertThat(other.admit("east", "batch-2")).isTrue();
        assertThat(takeable(other)).isEqualTo(Map.of("east", ANY, "west", ANY));
        assertThat(told).extracting(Hold::instance).containsExactly("one");

        clock.advance(Duration.ofSeconds(6));
        assertThat(probe(one, "east").most()).isEqualTo(1);
        assertThat(one.admit("east", "batch-3")).isTrue();
        assertThat(one.admit("east", "batch-4")).as("one at a time tries").isFalse();
        one.refused("east", "wrong password", "batch-3");
        clock.advance(Duration.ofSeconds(6));
        assertThat(one.admit("east", "batch-4")).as("the pause has doubled").isFalse();
        other.refused("east", "wrong password", "batch-5");
        assertThat(told).as("its own has begun before").hasSize(1);
        assertThat(other.closed("east")).isPresent();

        clock.advance(Duration.ofSeconds(6));
        assertThat(one.admit("east", "batch-4")).isTrue();
        one.works("east", "batch-4");
        assertThat(one.closed("east")).isEmpty();
        assertThat(other.closed("east")).as("that one's secret is still wrong").isPresent();
    }

    @Test
    void aProbeOfAHeldClusterThatIsNotLetInHasFoundOutNothing() {
        one.hold("east", "resizing", "batch-1");
        clock.advance(Duration.ofSeconds(6));
        assertThat(other.admit("east", "batch-2")).isTrue();
        other.refused("east", "wrong password", "batch-2");
        assertThat(one.closed("east"))
                .hasValueSatisfying(words -> assertThat(words).contains(": resizing"));
        clock.advance(Duration.ofSeconds(11));
        assertThat(one.takeable()).anyMatch(Backlog.Takeable::probe);
        assertThat(one.admit("east", "batch-3")).isTrue();
        one.works("east", "batch-3");
        assertThat(one.closed("east")).isEmpty();
        assertThat(other.closed("east")).isPresent();
    }

    private static HoldListener listener(List<Hold> told) {
        return new HoldListener() {
            @Override
            public void held(Hold hold) {
                told.add(hold);
            }

            @Override
            public void recovered(Hold hold, Instant ended) {
                told.remove(hold);
            }
        };
    }

    private static Backlog.Takeable probe(Clusters clusters, String cluster) {
        return clusters.takeable().stream()
                .filter(takeable -> takeable.probe() && takeable.lists().contains(cluster))
                .findFirst()
                .orElseThrow();
    }

    private Clusters instance(String owner) {
        return instance(owner, SharedSandbox.get().dynamoDb());
    }

    private Clusters instance(String owner, DynamoDbClient client) {
        return new Clusters(
                room,
                new DynamoDbClusterHolds(client, settings(owner), clock),
                pauses,
                () -> lists,
                now -> windowEnd,
                clock);
    }

    private LedgerSettings settings(String owner) {
        return new LedgerSettings(tables, owner, LEASE, Duration.ofDays(3650));
    }
}
