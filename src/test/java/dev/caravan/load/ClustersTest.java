package dev.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.MutableClock;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances agree on which clusters take loads. Their holds are in DynamoDB. */
class ClustersTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final String tables = "holds-" + UUID.randomUUID().toString().substring(0, 8);
    private final MutableClock clock = new MutableClock(BEGIN);
    private final FeedPauses pauses = new DynamoDbFeedPauses(SharedSandbox.get().dynamoDb(), settings("one"), clock);
    private Optional<Instant> windowEnd = Optional.empty();
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
        assertThat(other.takeable(8)).isEqualTo(Map.of("west", 8));
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
            assertThat(one.takeable(8)).doesNotContainKey("east");
            assertThat(one.admit("east", "early")).isFalse();
            clock.advance(Duration.ofMillis(1));
            assertThat(one.takeable(8)).containsEntry("east", 1);
            assertThat(other.takeable(8)).containsEntry("east", 1);
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
            one.takeable(8);
            passedOver.add(one.passedOver("east"));
            assertThat(one.admit("east", "poison")).isTrue();
            one.hold("east", "no answer", "poison");
        }
        assertThat(passedOver).containsExactly(0, 0, 1, 2, 3, 4, 5, 6, 7, 0);
        assertThat(one.passedOver("west")).isZero();
    }

    @Test
    void aBatchThatAloneFindsAClusterAwayIsNotBelievedTwice() {
        one.hold("east", "no answer", "poison");
        clock.advance(Duration.ofSeconds(5));
        one.takeable(8);
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
        assertThat(other.takeable(8)).doesNotContainKey("east");
        clock.advance(Duration.ofMillis(1));
        assertThat(other.takeable(8)).containsEntry("east", 1);
        assertThat(other.admit("east", "next")).isTrue();
    }

    @Test
    void aClusterThatWorksAgainIsSoForTheOtherInstance_andItsBacklogIsLookedAtAtOnce() {
        one.hold("east", "resizing", "batch-0");
        other.takeable(8);
        clock.advance(Duration.ofSeconds(5));
        assertThat(one.admit("east", "probe")).isTrue();
        one.works("east", "probe");
        assertThat(one.closed("east")).isEmpty();
        other.nothingWaits("east");
        assertThat(other.takeable(8)).containsEntry("east", 8);
        assertThat(other.admit("east", "any")).isTrue();
    }

    @Test
    void whereNothingWaitsItIsLookedAgainAfter15Seconds() {
        assertThat(one.takeable(8)).containsOnlyKeys("east", "west");
        one.nothingWaits("east");
        assertThat(one.takeable(8)).containsOnlyKeys("west");
        clock.advance(Duration.ofSeconds(60));
        assertThat(one.takeable(8)).containsOnlyKeys("east", "west");
    }

    @Test
    void aPlannedWindowClosesAllClusters() {
        windowEnd = Optional.of(BEGIN.plusSeconds(60));
        assertThat(one.admit("east", "batch-1")).isFalse();
        assertThat(one.admit("west", "batch-1")).isFalse();
        assertThat(one.takeable(8)).isEmpty();
        assertThat(one.closed("west"))
                .contains("nothing is loaded until 2026-01-31T12:01:00Z (caravan.no-load-windows)");
        windowEnd = Optional.empty();
        assertThat(one.admit("east", "batch-1")).isTrue();
        assertThat(one.takeable(8)).containsOnlyKeys("east", "west");
    }

    @Test
    void aPausedFeedIsSoForBothInstancesWithin2Seconds_andItsBacklogIsLookedAtWhenItIsResumed() {
        assertThat(one.paused("web")).isEmpty();
        assertThat(other.takeable(8)).containsOnlyKeys("east", "west");
        pauses.pause("web", "the table is altered");
        clock.advance(Duration.ofSeconds(2));
        assertThat(one.paused("web")).contains("feed web is paused since 2026-01-31T12:00:00Z: the table is altered");
        assertThat(one.paused("shop")).isEmpty();
        assertThat(other.takeable(8)).containsOnlyKeys("east", "west");
        assertThat(other.paused("web")).isPresent();
        pauses.resume("web");
        assertThat(other.takeable(8)).containsEntry("feed:web", 8);
        assertThat(other.paused("web")).isEmpty();
        other.nothingWaits("feed:web");
        assertThat(other.takeable(8)).containsOnlyKeys("east", "west");
    }

    @Test
    void whatWaitsForAPausedFeedIsNotTakenUp_andDoesntKeepOthersFromTryingAHeldCluster() {
        pauses.pause("west", "a feed that is called like a cluster");
        one.hold("east", "resizing", "batch-0");
        clock.advance(Duration.ofSeconds(5));
        assertThat(one.takeable(30)).isEqualTo(Map.of("east", 8, "west", 30));
        assertThat(one.admit("east", "probe")).isTrue();
        assertThat(one.admit("east", "second")).isFalse();
    }

    private Clusters instance(String owner) {
        return new Clusters(
                new DynamoDbClusterHolds(SharedSandbox.get().dynamoDb(), settings(owner), clock),
                pauses,
                () -> List.of("east", "west"),
                now -> windowEnd,
                clock);
    }

    private LedgerSettings settings(String owner) {
        return new LedgerSettings(tables, owner, LEASE, Duration.ofDays(3650));
    }
}
