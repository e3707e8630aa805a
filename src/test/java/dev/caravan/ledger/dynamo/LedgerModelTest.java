package dev.caravan.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.MutableClock;
import dev.caravan.batch.Batch;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.LedgerStep.Op;
import dev.caravan.ledger.dynamo.LedgerTruth.Stored;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterTry;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Whatever three instances do, in whatever order, the tables say what they must after every step. A failure prints its seed and the
 * fewest steps that lead to it. {@code -Dcaravan.model.steps=500} makes the runs longer.
 */
class LedgerModelTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final List<String> FAULTS = List.of(
            "dynamodb conflict match=TransactWriteItems rate=0.1 forever",
            "dynamodb lost-answer rate=0.05 forever",
            "dynamodb throttle rate=0.05 forever");

    private static final int STEPS = Integer.getInteger("caravan.model.steps", 100);

    private final DynamoDbClient client = SharedSandbox.get().dynamoDb();
    private final String tables = "model-" + UUID.randomUUID().toString().substring(0, 8);
    private final LedgerSettings settings = LedgerActor.settings(tables, "reader");
    private final MutableClock clock = new MutableClock(BEGIN);

    @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
    void everyStepDoesWhatItMay_andNothingElse(@ForAll("steps") List<LedgerStep> steps) {
        run(steps, client, true);
    }

    /** Chance reaches what follows a failure only now and then: these steps always do. */
    @Example
    void afterAFailureItIsQuarantinedTakenOverReprocessedUnlockedAndFlushed() {
        Iterator<Integer> from = IntStream.iterate(0, i -> i + 6).iterator();
        List<LedgerStep> steps = Stream.of(
                        Op.ADD,
                        Op.LOCK,
                        Op.QUARANTINE,
                        Op.OUTCOME,
                        Op.HAND_OVER,
                        Op.ADVANCE,
                        Op.TAKE_OVER,
                        Op.REACH,
                        Op.CONFIRM,
                        Op.REPROCESS,
                        Op.ADVANCE,
                        Op.TAKE_OVER,
                        Op.UNLOCK,
                        Op.ADD,
                        Op.FLUSH)
                .map(op -> new LedgerStep(op, 0, 0, from.next(), 4, false))
                .toList();
        List<LedgerActor.Done> done = run(steps, client, true);
        assertThat(done).allSatisfy(step -> assertThat(step.end()).isInstanceOf(LedgerActor.End.Changed.class));
    }

    @Property(tries = 4, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whenDynamoDbFailsNothingIsDoneThatMayNotBe(@ForAll("steps") List<LedgerStep> steps, @ForAll long seed) {
        SharedSandbox.get().awsFaults().seed(seed);
        try (DynamoDbClient faulty = DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .build()) {
            run(steps, faulty, false);
        }
    }

    private List<LedgerActor.Done> run(List<LedgerStep> steps, DynamoDbClient stepsClient, boolean reliable) {
        LedgerTables.create(client, settings);
        List<Batch> seen = new CopyOnWriteArrayList<>();
        List<LedgerActor> actors = IntStream.range(0, 3)
                .mapToObj(i -> new LedgerActor(stepsClient, tables, "instance" + i, clock, seen))
                .toList();
        if (!reliable) {
            FAULTS.forEach(SharedSandbox.get().awsFaults()::add);
        }
        LedgerTruth before = LedgerTruth.read(client, settings);
        List<String> history = new ArrayList<>();
        List<LedgerActor.Done> all = new ArrayList<>();
        for (LedgerStep step : steps) {
            LedgerActor actor = actors.get(step.who());
            Instant now = clock.instant();
            LedgerActor.Done done = actor.act(step);
            all.add(done);
            LedgerTruth after = LedgerTruth.read(client, settings);
            LedgerChange change = new LedgerChange(before, after, actor.name, now, done);
            history.add(change.toString());
            assertThat(change).as(String.join("\n", history)).satisfies(checked -> checked.check(reliable));
            before = after;
        }
        SharedSandbox.get().awsFaults().clear();
        checkLists(before, actors.get(0).ledger());
        return all;
    }

    /** What the recovery scan sees is what the items say. */
    private void checkLists(LedgerTruth truth, DynamoDbLedger ledger) {
        for (String cluster : LedgerActor.CLUSTERS) {
            assertThat(ledger.held(cluster).stream().map(Ledger.Held::id).toList())
                    .map(id -> truth.batch(id).locked().orElseThrow())
                    .isSorted()
                    .hasSize((int) truth.batches.values().stream()
                            .filter(stored -> stored.waitsFor(cluster))
                            .count());
        }
        assertThat(ledger.waitedFor())
                .containsExactlyInAnyOrderElementsOf(LedgerActor.CLUSTERS.stream()
                        .filter(cluster -> !ledger.held(cluster).isEmpty())
                        .toList());
        List<Stored> waiting = truth.batches.values().stream()
                .filter(stored -> stored.phase().equals(Items.LIVE))
                .filter(stored -> !stored.time().isAfter(clock.instant()))
                .sorted(Comparator.comparing(Stored::time))
                .toList();
        assertThat(ledger.waiting(clock.instant()).stream().map(Ledger.Waiting::id))
                .containsExactlyInAnyOrderElementsOf(
                        waiting.stream().map(stored -> stored.batch().id()).toList());
        for (Stored stored : truth.batches.values()) {
            List<Object> files = new ArrayList<>();
            ledger.files(stored.batch(), files::add);
            assertThat(files).containsExactlyInAnyOrderElementsOf(stored.files());
        }
    }

    @Provide
    Arbitrary<List<LedgerStep>> steps() {
        return LedgerStep.any().list().ofMinSize(1).ofMaxSize(STEPS).withSizeDistribution(RandomDistribution.uniform());
    }

    @AfterTry
    void dropTables() {
        SharedSandbox.get().awsFaults().clear();
        for (String table : List.of(settings.files(), settings.batches(), settings.entries())) {
            client.deleteTable(r -> r.tableName(table));
        }
    }
}
