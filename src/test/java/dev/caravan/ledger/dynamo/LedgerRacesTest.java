package dev.caravan.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.caravan.MutableClock;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.KnownFiles;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.NotLoaded;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.outcome.BadRow;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.faults.Call;
import dev.caravan.sandbox.faults.Observer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Instances that do things at the very same time. */
class LedgerRacesTest {
    private static final int INSTANCES = 4;

    private final DynamoDbClient client = SharedSandbox.get().dynamoDb();
    private final String tables = "races-" + UUID.randomUUID().toString().substring(0, 8);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-31T12:00:00Z"));
    private final List<Batch> seen = new CopyOnWriteArrayList<>();
    private final List<LedgerActor> actors = IntStream.range(0, INSTANCES)
            .mapToObj(i -> new LedgerActor(client, tables, "instance" + i, clock, seen))
            .toList();
    private final DynamoDbLedger ledger = actors.get(0).ledger();
    private final ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);

    @BeforeEach
    void tables() {
        ledger.createTables();
    }

    @AfterEach
    void stop() {
        SharedSandbox.get().observe(Observer.NONE);
        threads.shutdownNow();
    }

    @Test
    void whateverInstancesDoAtOnce_theTablesAddUp_andNoAttemptIsMadeTwice() throws Exception {
        List<LedgerStep> steps = LedgerStep.any().list().ofSize(60 * INSTANCES).sample();
        List<List<LedgerActor.Done>> done = atOnce(actor -> {
            List<LedgerActor.Done> own = new ArrayList<>();
            int first = actors.indexOf(actor) * 60;
            steps.subList(first, first + 60).forEach(step -> own.add(actor.act(step)));
            return own;
        });
        LedgerTruth truth = LedgerTruth.read(client, LedgerActor.settings(tables, "reader"));
        truth.check();
        List<String> attempts = new ArrayList<>();
        for (LedgerActor.Done each : done.stream().flatMap(List::stream).toList()) {
            if (each.end() instanceof LedgerActor.End.Changed changed) {
                if (each.step().op() == LedgerStep.Op.ADD || each.step().op() == LedgerStep.Op.LOCK) {
                    assertThat(truth.files.keySet()).containsAll(each.files());
                }
                if (each.step().op() == LedgerStep.Op.TAKE_OVER) {
                    attempts.add(changed.now().orElseThrow().id() + " attempt "
                            + changed.now().orElseThrow().attempt());
                }
            } else if (each.end() instanceof LedgerActor.End.Refused refused) {
                assertThat(truth.files.keySet()).containsAll(refused.known());
            }
        }
        assertThat(attempts).doesNotHaveDuplicates();
    }

    @Test
    void aBatchThatIsLockedWhileItIsCountedCounts() throws Exception {
        Batch open = ledger.add(fresh(), List.of(file()));
        AtomicBoolean locked = new AtomicBoolean();
        SharedSandbox.get().observe(new Observer() {
            @Override
            public void before(Call call) {
                if (call.operation().equals("BatchGetItem") && locked.compareAndSet(false, true)) {
                    assertThatCode(() -> ledger.lock(open, List.of(), "timeout"))
                            .doesNotThrowAnyException();
                }
            }
        });
        try (DynamoDbClient watched = DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .build()) {
            NotLoaded.OfFeed web = new LedgerReader(watched, LedgerActor.settings(tables, "reader"))
                    .notLoaded()
                    .of("web");
            assertThat(locked).isTrue();
            assertThat(web.open()).isEmpty();
            assertThat(web.locked()).isEqualTo(1);
        }
    }

    @RepeatedTest(5)
    void ofThoseWhoTakeABatchOverOneSucceeds() throws Exception {
        Batch batch = locked();
        clock.advance(LedgerActor.LEASE);
        assertThat(atOnce(actor -> actor.ledger().takeOver(batch.id()).isPresent()))
                .containsOnlyOnce(true);
        assertThat(ledger.find(batch.id()).orElseThrow().attempt()).isEqualTo(2);
    }

    @RepeatedTest(5)
    void ofThoseWhoResumeABatchOneSucceeds() throws Exception {
        Batch batch = locked();
        ledger.hold(batch, "east", "resizing");
        assertThat(atOnce(actor -> actor.ledger().resume(batch.id(), "east").isPresent()))
                .containsOnlyOnce(true);
        assertThat(ledger.find(batch.id()).orElseThrow().attempt()).isEqualTo(2);
    }

    @RepeatedTest(5)
    void ofThoseWhoReloadAFileOneSucceeds() throws Exception {
        Batch batch = locked();
        FileEntry file = file();
        BadRow cause = new BadRow(file.url(), 1, "id", "x", 1207, "Invalid digit");
        ledger.quarantine(batch, List.of(new QuarantinedFile(file, "east", 1, cause)));
        Ledger.KnownFile known = ledger.known(file.url()).get(0);
        assertThat(atOnce(actor -> {
                    try {
                        actor.ledger().reload(known, List.of("east"));
                        return true;
                    } catch (Conflict e) {
                        return false;
                    }
                }))
                .containsOnlyOnce(true);
    }

    @RepeatedTest(5)
    void ofThoseWhoBringTheSameFileOneSucceeds() throws Exception {
        assertThat(atOnce(actor -> {
                    try {
                        actor.ledger().lock(fresh(), List.of(file()), "size");
                        return true;
                    } catch (KnownFiles | Conflict e) {
                        return false;
                    }
                }))
                .containsOnlyOnce(true);
    }

    private interface Act<T> {
        T by(LedgerActor actor) throws Exception;
    }

    private <T> List<T> atOnce(Act<T> act) throws Exception {
        List<Callable<T>> calls = new ArrayList<>();
        actors.forEach(actor -> calls.add(() -> act.by(actor)));
        List<T> results = new ArrayList<>();
        for (Future<T> result : threads.invokeAll(calls)) {
            results.add(result.get());
        }
        return results;
    }

    private Batch locked() throws Exception {
        return ledger.lock(fresh(), List.of(file()), "size");
    }

    private Batch fresh() {
        Instant now = clock.instant();
        return Batch.fresh(BatchId.next("web", now), "web", "web", Batch.SHARED, now, now);
    }

    private FileEntry file() {
        return new FileEntry(
                "web", "s3://landing/a.csv", "v1", 1, clock.instant().minusSeconds(100));
    }
}
