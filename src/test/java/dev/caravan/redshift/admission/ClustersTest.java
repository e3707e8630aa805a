package dev.caravan.redshift.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.LogOf;
import dev.caravan.ledger.Backlog;
import dev.caravan.ledger.ClusterHolds.Hold;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Two instances agree on which clusters take loads. Their holds are in DynamoDB. */
class ClustersTest extends TwoInstances {
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
}
