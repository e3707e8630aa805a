package dev.caravan.ledger.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.MutableClock;
import dev.caravan.ledger.BatchEvent;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.LedgerTables;
import dev.caravan.ledger.runs.Beginning.Begun;
import dev.caravan.ledger.runs.Beginning.Busy;
import dev.caravan.ledger.runs.Beginning.ThereAlready;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A run is one instance's at a time, is never lost, and happens once for each time; so is each of its units. */
class RunsTest {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Instant NIGHT = Instant.parse("2026-01-31T03:00:00Z");

    private final String tables = "runs-" + UUID.randomUUID().toString().substring(0, 8);
    private final MutableClock clock = new MutableClock(NIGHT.plusSeconds(1));
    private final DynamoDbClient client = SharedSandbox.get().dynamoDb();
    private final Runs one = runs("one");
    private final Runs other = runs("other");
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @BeforeEach
    void tables() {
        LedgerTables.create(client, settings("one"));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        SharedSandbox.get().awsFaults().clear();
    }

    @Test
    void ofSeveralInstancesOneBeginsARun_once() throws Exception {
        List<Callable<Beginning>> all = IntStream.range(0, 4)
                .mapToObj(i -> (Callable<Beginning>) () -> runs("i" + i).begin("shop", NIGHT, "plan", ""))
                .toList();
        List<Beginning> became = new ArrayList<>();
        for (Future<Beginning> future : threads.invokeAll(all)) {
            became.add(future.get());
        }
        assertThat(became).filteredOn(Begun.class::isInstance).hasSize(1);
        assertThat(became).filteredOn(ThereAlready.class::isInstance).hasSize(3);
        assertThat(one.begin("shop", NIGHT.plusSeconds(60), "plan", "")).isEqualTo(new Busy("shop-20260131T030000"));
        assertThat(one.begin("else", NIGHT, "plan", "")).isInstanceOf(Begun.class);
    }

    @Test
    void aRunGoesThroughItsStages_andTheNextBeginsWhenItHasEnded() {
        Run run = begun(one);
        assertThat(run.stage()).isEqualTo("plan");
        run = one.reach(run, "extract", "{\"tables\":2}");
        assertThat(one.find("shop", run.id())).contains(run);
        assertThat(run.plan()).isEqualTo("{\"tables\":2}");
        one.end(run, RunStatus.COMPLETE, "2 tables", Map.of("rows", 7L));
        one.end(run, RunStatus.COMPLETE, "2 tables", Map.of("rows", 7L));
        Run ended = one.find("shop", run.id()).orElseThrow();
        assertThat(ended.status()).isEqualTo(RunStatus.COMPLETE);
        assertThat(ended.counts()).isEqualTo(Map.of("rows", 7L));
        assertThat(ended.history()).extracting(BatchEvent::what).containsExactly("begun", "extract", "complete");
        assertThat(one.current("shop")).isEmpty();
        assertThat(one.begin("shop", NIGHT, "plan", "")).isInstanceOf(ThereAlready.class);
        Run next = ((Begun) other.begin("shop", NIGHT.plusSeconds(1), "plan", "")).run();
        assertThat(one.newest("shop", 10)).extracting(Run::id).containsExactly(next.id(), run.id());
        assertThat(one.newest("shop", 1)).extracting(Run::id).containsExactly(next.id());
        assertThat(one.newest("nobody", 1)).isEmpty();
    }

    @Test
    void whoIsSilentLosesIt_andChangesNothingMore() {
        Run run = begun(one);
        assertThat(other.waiting(10)).isEmpty();
        assertThat(other.take(waiting(run))).isEmpty();
        clock.advance(LEASE.minusSeconds(1));
        one.renew(run);
        clock.advance(LEASE.minusSeconds(1));
        assertThat(other.take(waiting(run))).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(other.waiting(10)).containsExactly(waiting(run));
        Run taken = other.take(waiting(run)).orElseThrow();
        assertThat(taken.attempt()).isEqualTo(2);
        assertThat(one.take(waiting(run))).isEmpty();
        assertThatThrownBy(() -> one.renew(run)).isInstanceOf(RunLost.class).hasMessageContaining(run.id());
        assertThatThrownBy(() -> one.reach(run, "load", "")).isInstanceOf(RunLost.class);
        assertThatThrownBy(() -> one.end(run, RunStatus.ERROR, "late", Map.of()))
                .isInstanceOf(RunLost.class);
        other.end(taken, RunStatus.ERROR, "the source is gone", Map.of());
        assertThat(one.find("shop", run.id()).orElseThrow().reason()).isEqualTo("the source is gone");
        clock.advance(LEASE.multipliedBy(2));
        assertThat(one.waiting(10)).isEmpty();
    }

    @Test
    void aRunThatIsPostponedIsAnybodysThen() {
        Run run = begun(one);
        one.postpone(run, clock.instant().plusSeconds(300), "the source is down");
        assertThat(one.waiting(10)).isEmpty();
        assertThatThrownBy(() -> one.reach(run, "load", "")).isInstanceOf(RunLost.class);
        clock.advance(Duration.ofSeconds(301));
        Run taken = other.take(other.waiting(10).get(0)).orElseThrow();
        assertThat(taken.reason()).isEqualTo("the source is down");
        assertThat(other.reach(taken, "load", "").reason()).isEmpty();
    }

    @Test
    void aRunThatGoesOnForLongKeepsAShortHistory_withItsBeginningAndItsEnd() {
        Run run = begun(one);
        for (int i = 0; i < 100; i++) {
            run = one.reach(run, "stage" + i, "");
        }
        List<BatchEvent> history = one.find("shop", run.id()).orElseThrow().history();
        assertThat(history).hasSizeLessThanOrEqualTo(60);
        assertThat(history.get(0).what()).isEqualTo("begun");
        assertThat(history.get(history.size() - 1).what()).isEqualTo("stage99");
    }

    @Test
    void anAnswerThatIsLostChangesNothing() {
        Runs shaken = new Runs(DynamoDbClient.create(), settings("one"), clock);
        SharedSandbox.get().awsFaults().add("dynamodb lost-answer times=4");
        Run run = begun(shaken);
        Run reached = shaken.reach(run, "load", "p");
        shaken.end(reached, RunStatus.COMPLETE, "", Map.of());
        assertThat(one.find("shop", run.id()).orElseThrow().history()).hasSize(3);
    }

    @Test
    void eachUnitIsDoneOnce_byWhoeverTakesIt() throws Exception {
        Run run = begun(one);
        Units units = units("one");
        units.plan(IntStream.range(0, 250)
                .mapToObj(i -> Unit.planned(run, "u%03d".formatted(i), "range " + i))
                .toList());
        Map<String, String> doneBy = new ConcurrentHashMap<>();
        List<Callable<Integer>> workers = IntStream.range(0, 4)
                .mapToObj(i -> (Callable<Integer>) () -> work(units("i" + i), run, "i" + i, doneBy))
                .toList();
        int sum = 0;
        for (Future<Integer> worker : threads.invokeAll(workers)) {
            sum += worker.get();
        }
        assertThat(sum).isEqualTo(250);
        assertThat(units.of(run.id(), run.attempt()))
                .hasSize(250)
                .allMatch(Unit::isDone)
                .allSatisfy(unit -> assertThat(unit.result()).isEqualTo(doneBy.get(unit.id())));
        assertThat(units.of(run.id(), run.attempt() + 1))
                .as("of another planning")
                .isEmpty();
    }

    private static int work(Units units, Run run, String who, Map<String, String> doneBy) {
        int done = 0;
        for (Unit unit : units.of(run.id(), run.attempt())) {
            Optional<Unit> taken = units.isFree(unit) ? units.take(unit) : Optional.empty();
            if (taken.isPresent()) {
                doneBy.put(unit.id(), who);
                units.done(taken.get(), who);
                done++;
            }
        }
        return done;
    }

    @Test
    void aUnitOfADeadInstanceIsTakenAgain_andItsZombieNotesNothing() {
        Run run = begun(one);
        Units zombie = units("one");
        Units next = units("other");
        zombie.plan(List.of(Unit.planned(run, "u1", "all")));
        Unit first = zombie.take(zombie.of(run.id(), 1).get(0)).orElseThrow();
        assertThat(next.take(first)).isEmpty();
        clock.advance(LEASE.minusSeconds(1));
        zombie.renew(first, "half of it");
        assertThat(next.of(run.id(), 1)).extracting(Unit::soFar).containsExactly("half of it");
        clock.advance(LEASE.plusSeconds(1));
        Unit second = next.take(first).orElseThrow();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.soFar()).as("the zombie's").isEmpty();
        assertThatThrownBy(() -> zombie.done(first, "parts of the zombie"))
                .isInstanceOf(RunLost.class)
                .hasMessageContaining("u1");
        assertThatThrownBy(() -> zombie.renew(first, "more of it")).isInstanceOf(RunLost.class);
        assertThat(next.done(second, "parts").result()).isEqualTo("parts");
        assertThat(next.take(second)).isEmpty();
        assertThatThrownBy(() -> next.done(second, "again")).isInstanceOf(RunLost.class);
    }

    @Test
    void aUnitThatIsPostponedIsAnybodysThen() {
        Run run = begun(one);
        Units units = units("one");
        units.plan(List.of(Unit.planned(run, "u1", "all")));
        Unit taken = units.take(units.of(run.id(), 1).get(0)).orElseThrow();
        units.note(taken, "the source is busy");
        assertThat(units.of(run.id(), 1).get(0)).satisfies(noted -> {
            assertThat(noted.isTaken()).isTrue();
            assertThat(noted.reason()).isEqualTo("the source is busy");
        });
        Unit later = units.postpone(taken, clock.instant().plusSeconds(300), "the source is away");
        assertThat(later.isTaken()).isFalse();
        assertThat(later.reason()).isEqualTo("the source is away");
        assertThatThrownBy(() -> units.note(taken, "late")).isInstanceOf(RunLost.class);
        assertThatThrownBy(() -> units.renew(taken, "late"))
                .as("a renewal that was underway")
                .isInstanceOf(RunLost.class);
        assertThat(units.isFree(later)).isFalse();
        clock.advance(Duration.ofMinutes(5));
        assertThat(units.isFree(later)).isTrue();
        Unit again = units("other").take(later).orElseThrow();
        assertThat(again.isTaken()).isTrue();
        assertThat(again.reason()).isEmpty();
    }

    @Test
    void whyARunWaitsIsNotedByItsOwner() {
        Run run = begun(one);
        assertThat(one.note(run, "shop.orders waits").reason()).isEqualTo("shop.orders waits");
        assertThat(one.note(run, "").reason()).isEmpty();
        assertThatThrownBy(() -> runs("other").note(run, "mine")).isInstanceOf(RunLost.class);
    }

    private static Run begun(Runs runs) {
        return ((Begun) runs.begin("shop", NIGHT, "plan", "")).run();
    }

    private static Runs.Waiting waiting(Run run) {
        return new Runs.Waiting(run.name(), run.id());
    }

    private Runs runs(String owner) {
        return new Runs(client, settings(owner), clock);
    }

    private Units units(String owner) {
        return new Units(client, settings(owner), clock);
    }

    private LedgerSettings settings(String owner) {
        return new LedgerSettings(tables, owner, LEASE, Duration.ofDays(3650));
    }
}
