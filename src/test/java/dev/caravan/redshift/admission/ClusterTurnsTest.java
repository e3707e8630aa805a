package dev.caravan.redshift.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.batch.Batch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which batches two instances take up now: windows, pauses, lists and room. */
class ClusterTurnsTest extends TwoInstances {
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
}
