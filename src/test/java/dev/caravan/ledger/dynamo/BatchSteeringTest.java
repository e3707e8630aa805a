package dev.caravan.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.MutableClock;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Stage;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.ledger.BatchEvent;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.BatchSteering;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.KnownFiles;
import dev.caravan.ledger.LeaseLost;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an operator's changes to batches promise, on DynamoDB Local. */
class BatchSteeringTest {
    private static final String TABLES =
            "steering-" + UUID.randomUUID().toString().substring(0, 8);
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);

    private final DynamoDbClient client = SharedSandbox.get().dynamoDb();
    private final String feed = "feed" + UUID.randomUUID().toString().substring(0, 8);
    private final MutableClock clock = new MutableClock(NOW);
    private final DynamoDbLedger ledger = new DynamoDbLedger(client, settings("me"), clock);
    private final DynamoDbLedger other = new DynamoDbLedger(client, settings("other"), clock);
    private final BatchSteering steering = new DynamoDbBatchSteering(client, settings("alice@office"), clock);
    private final LedgerReader reader = new LedgerReader(client, settings("alice@office"));

    @BeforeAll
    static void tables() {
        LedgerTables.create(SharedSandbox.get().dynamoDb(), settings("me"));
    }

    @Test
    void aReprocessedBatchIsAnybodysAtOnce_withoutItsFailures_andWithWhatIsLoaded() throws Exception {
        Batch ended = ended(3, failed("east"), loaded("west"));
        clock.advance(Duration.ofHours(1));
        Batch again = steering.reprocess(ended, List.of("east"), List.of());
        assertThat(again.status()).isEqualTo(BatchStatus.LOCKED);
        assertThat(again.stage()).isEqualTo(Stage.MANIFEST);
        assertThat(again.locked()).contains(LATER);
        assertThat(again.reason()).isEmpty();
        assertThat(again.pauses()).isZero();
        assertThat(again.outcomes()).containsOnlyKeys("west");
        assertThat(again.pending(List.of("east", "west"))).containsExactly("east");
        assertThat(ledger.waiting(LATER)).extracting(Ledger.Waiting::id).contains(ended.id());
        assertThat(reader.find(ended.id()).orElseThrow().history())
                .last()
                .isEqualTo(new BatchEvent(LATER, "reprocessed", "alice@office", "again into east"));
        assertThat(filesOf(again)).hasSize(3);

        Batch taken = other.takeOver(ended.id()).orElseThrow();
        assertThat(taken.attempt()).isEqualTo(ended.attempt() + 1);
        other.outcome(taken, loaded("east"));
        other.reach(taken, Stage.NOTIFY);
        assertThat(other.confirm(ended.id()).orElseThrow().status()).isEqualTo(BatchStatus.COMPLETE);
    }

    @Test
    void aClusterThatIsNotNamedKeepsItsFailure() throws Exception {
        Batch ended = ended(1, failed("east"), failed("west"));
        assertThat(steering.reprocess(ended, List.of("east"), List.of()).outcomes())
                .containsOnlyKeys("west");
    }

    @Test
    void aBatchIsReprocessedAsItWasSeen_orNotAtAll() throws Exception {
        Batch ended = ended(1, failed("east"));
        Batch again = steering.reprocess(ended, List.of("east"), List.of());
        assertThatThrownBy(() -> steering.reprocess(ended, List.of("east"), List.of()))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> steering.reprocess(again, List.of("east"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        Batch endedAgain = end(other.takeOver(again.id()).orElseThrow(), other, failed("east"));
        assertThatThrownBy(() -> steering.reprocess(ended, List.of("east"), List.of()))
                .isInstanceOf(Conflict.class);
        assertThat(ledger.find(ended.id())).contains(endedAgain);
    }

    @Test
    void theOneThatHadItBeforeItEndedIsFenced() throws Exception {
        Batch ended = ended(1, failed("east"));
        steering.reprocess(ended, List.of("east"), List.of());
        assertThatThrownBy(() -> ledger.outcome(ended, loaded("east"))).isInstanceOf(LeaseLost.class);
    }

    @Test
    void omittedFilesAreSetAsideForTheClustersConcerned() throws Exception {
        Batch ended = ended(95, failed("east"), failed("west"));
        List<QuarantinedFile> omitted = IntStream.range(0, BatchSteering.MOST_OMITTED)
                .mapToObj(this::file)
                .flatMap(file -> List.of("east", "west").stream()
                        .map(cluster -> QuarantinedFile.omitted(file, cluster, ended.attempt())))
                .toList();
        Batch again = steering.reprocess(ended, List.of("east", "west"), omitted);
        assertThat(again.quarantined()).isEqualTo(omitted.size());
        assertThat(ledger.quarantined(again)).containsExactlyInAnyOrderElementsOf(omitted);
        Ledger.KnownFile known = ledger.known(file(0).url()).get(0);
        assertThat(known.quarantined()).containsOnlyKeys("east", "west");
        assertThat(known.quarantined().values()).extracting(BadRow::reason).containsOnly("omitted by an operator");

        Batch endedAgain = end(other.takeOver(again.id()).orElseThrow(), other, failed("east"), loaded("west"));
        assertThatThrownBy(() -> steering.reprocess(endedAgain, List.of("east"), omitted.subList(0, 1)))
                .as("it is set aside already")
                .isInstanceOf(Conflict.class);
        assertThat(ledger.find(ended.id())).contains(endedAgain);
    }

    @Test
    void aFileThatWasReloadedSinceStaysOutOfTheReprocessedBatch() throws Exception {
        Batch locked = locked(2);
        BadRow cause = new BadRow(file(0).url(), 1, "id", "x", 1207, "Invalid digit");
        QuarantinedFile refused = new QuarantinedFile(file(0), "east", 1, cause);
        Batch ended = end(ledger.quarantine(locked, List.of(refused)), ledger, failed("east"));
        Ledger.KnownFile known = ledger.known(file(0).url()).get(0);
        Batch own = ledger.reload(known, List.of("east"));
        Batch again = steering.reprocess(ended, List.of("east"), List.of());
        assertThat(ledger.quarantined(again)).containsExactly(refused);
        assertThat(ledger.known(file(0).url()).get(0).batch()).isEqualTo(own.id());
    }

    @Test
    void anUnlockedBatchIsFreeAtOnce_andItsFormerOwnerIsFenced() throws Exception {
        Batch locked = locked(1);
        assertThat(other.takeOver(locked.id())).isEmpty();
        steering.unlock(locked.id());
        assertThatThrownBy(() -> ledger.reach(locked, Stage.COPY)).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> ledger.renew(locked.id())).isInstanceOf(LeaseLost.class);
        assertThat(ledger.confirm(locked.id())).isEmpty();
        assertThat(other.takeOver(locked.id()).orElseThrow().attempt()).isEqualTo(2);
        assertThat(reader.find(locked.id()).orElseThrow().history())
                .extracting(BatchEvent::what)
                .containsExactly("locked", "unlocked", "taken over");
    }

    @Test
    void aBatchThatWaitsIsUnlockedToo_andAnEndedOneIsNot() throws Exception {
        Batch postponed = locked(1);
        ledger.postpone(postponed, LATER, "resizing");
        steering.unlock(postponed.id());
        assertThat(ledger.takeOver(postponed.id())).isPresent();
        ledger.hold(postponed, "east", "resizing");
        steering.unlock(postponed.id());
        assertThat(ledger.held("east").stream().map(Ledger.Held::id).toList()).doesNotContain(postponed.id());
        Batch taken = ledger.takeOver(postponed.id()).orElseThrow();
        Batch ended = end(taken, ledger, loaded("east"));
        assertThatThrownBy(() -> steering.unlock(ended.id())).isInstanceOf(Conflict.class);
        assertThat(ledger.find(ended.id())).contains(ended);
    }

    @Test
    void aFlushedBatchIsDueNow() throws Exception {
        Batch open = ledger.add(fresh(), List.of(file(0)));
        assertThat(ledger.waiting(NOW)).extracting(Ledger.Waiting::id).doesNotContain(open.id());
        Batch flushed = steering.flush(open);
        assertThat(flushed.due()).isEqualTo(NOW);
        assertThat(ledger.waiting(NOW)).extracting(Ledger.Waiting::id).contains(open.id());
        Batch locked = ledger.lock(flushed, List.of(), "timeout");
        assertThat(filesOf(locked)).containsExactly(file(0));
        assertThatThrownBy(() -> steering.flush(open)).isInstanceOf(Conflict.class);
    }

    @Test
    void theTimeForWhichABatchIsRetriedBeginsWhenItsFeedIsResumed() throws Exception {
        Batch locked = locked(1);
        ledger.hold(locked, FeedPauses.waitedFor(feed), "paused");
        assertThat(ledger.waitedFor()).contains("feed:" + feed);
        assertThat(reader.find(locked.id()).orElseThrow().heldFor()).contains("feed:" + feed);
        clock.advance(Duration.ofHours(1));
        assertThat(ledger.held("feed:" + feed).stream().map(Ledger.Held::id).toList())
                .containsExactly(locked.id());
        assertThat(other.resume(locked.id(), "feed:" + feed).orElseThrow().locked())
                .contains(LATER);
    }

    @Test
    void aDeletedBatchIsGoneWithItsEntries_andItsFilesAreStillKnown() throws Exception {
        Batch batch = fresh();
        for (int i = 0; i < 60; i++) {
            batch = ledger.add(batch, List.of(file(i)));
        }
        Batch ended = end(ledger.lock(batch, List.of(), "size"), ledger, failed("east"));
        steering.delete(ended);
        assertThat(ledger.find(ended.id())).isEmpty();
        assertThat(entries(ended.id())).isZero();
        assertThat(ledger.known(file(59).url())).hasSize(1);
        assertThatThrownBy(() -> ledger.add(fresh(), List.of(file(59)))).isInstanceOf(KnownFiles.class);
    }

    @Test
    void aDeletionThatWasStoppedIsRepeated_andTheBatchCantBeReprocessedMeanwhile() throws Exception {
        Batch ended = ended(2, failed("east"));
        client.updateItem(r -> r.tableName(TABLES + "-batches")
                .key(Items.batchKey(ended.id()))
                .updateExpression("SET deleting = :now")
                .expressionAttributeValues(Map.of(":now", AttributeValue.fromS("2026"))));
        assertThatThrownBy(() -> steering.reprocess(ended, List.of("east"), List.of()))
                .isInstanceOf(Conflict.class);
        steering.delete(ended);
        assertThat(ledger.find(ended.id())).isEmpty();
        assertThatThrownBy(() -> steering.delete(ended)).isInstanceOf(Conflict.class);
    }

    @Test
    void aBatchThatHasChangedIsNotDeleted() throws Exception {
        Batch ended = ended(2, failed("east"));
        Batch again = steering.reprocess(ended, List.of("east"), List.of());
        assertThatThrownBy(() -> steering.delete(ended)).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> steering.delete(again)).isInstanceOf(IllegalArgumentException.class);
        assertThat(filesOf(again)).hasSize(2);
    }

    @Test
    void aBatchWhoseEntriesAreGoneCantBeTakenForAnEmptyOne() throws Exception {
        Batch ended = ended(1, failed("east"));
        client.deleteItem(r ->
                r.tableName(TABLES + "-entries").key(Map.of("batch", Items.s(ended.id()), "sequence", Items.n(1))));
        Batch again = steering.reprocess(ended, List.of("east"), List.of());
        assertThatThrownBy(() -> filesOf(again)).isInstanceOf(UnloadableBatch.class);
    }

    // ---- helpers

    private static LedgerSettings settings(String owner) {
        return new LedgerSettings(TABLES, owner, Duration.ofSeconds(60), Duration.ofDays(365));
    }

    @Test
    void whatClustersRefusedComesBack_butNotWhatAPersonLeftOut_norWhatIsElsewhereOrReplaced_andItCanBeSetAsideAgain()
            throws Exception {
        Batch locked = locked(60);
        List<QuarantinedFile> refused = IntStream.range(0, 55)
                .mapToObj(i -> new QuarantinedFile(file(i), "east", 1, new BadRow(file(i).url(), 1, "", "", 0, "bad")))
                .toList();
        Batch aside = locked;
        for (QuarantinedFile one : refused.subList(0, 5)) {
            aside = ledger.quarantine(aside, List.of(one));
        }
        aside = ledger.quarantine(aside, refused.subList(5, 55));
        aside = ledger.quarantine(aside, List.of(QuarantinedFile.omitted(file(55), "east", 1)));
        aside = ledger.quarantine(
                aside,
                List.of(new QuarantinedFile(file(1), "west", 1, new BadRow(file(1).url(), 1, "", "", 0, "bad"))));
        Batch ended = end(aside, ledger, failed("east"), loaded("west"));
        ledger.reload(ledger.known(file(2).url()).get(0), List.of("east"));
        FileEntry later = new FileEntry(feed, file(3).url(), "v2", 10, LATER);
        ledger.lock(fresh(), List.of(later), "size");

        List<QuarantinedFile> returning = steering.returning(ended, List.of("east"));
        assertThat(returning).hasSize(53).doesNotContain(refused.get(2), refused.get(3));
        Batch whole = steering.release(ended, returning);
        assertThat(whole.quarantined()).isEqualTo(4);
        assertThat(ledger.quarantined(whole)).hasSize(4).doesNotContainAnyElementsOf(returning);
        assertThat(ledger.known(file(1).url()).get(0).quarantined()).containsOnlyKeys("west");
        assertThat(steering.returning(whole, List.of("east"))).isEmpty();
        assertThatThrownBy(() -> steering.release(ended, returning)).isInstanceOf(Conflict.class);

        steering.reprocess(whole, List.of("east"), List.of());
        Batch taken = other.takeOver(ended.id()).orElseThrow();
        Batch again = other.quarantine(taken, List.of(refused.get(0)));
        assertThat(other.quarantined(again)).hasSize(5).contains(refused.get(0));
    }

    private Batch ended(int files, Outcome... outcomes) throws Exception {
        return end(locked(files), ledger, outcomes);
    }

    private static Batch end(Batch batch, DynamoDbLedger by, Outcome... outcomes) {
        by.note(batch, "tried");
        for (Outcome outcome : outcomes) {
            by.outcome(batch, outcome);
        }
        by.reach(batch, Stage.NOTIFY);
        return by.confirm(batch.id()).orElseThrow();
    }

    private Batch locked(int files) throws Exception {
        return ledger.lock(
                fresh(), IntStream.range(0, files).mapToObj(this::file).toList(), "size");
    }

    private Batch fresh() {
        return Batch.fresh(BatchId.next(feed, NOW), feed, feed, Batch.SHARED, NOW, NOW.plusSeconds(60));
    }

    private static Outcome failed(String cluster) {
        return new Outcome.Failed(cluster, NOW, "no such table", "42P01", List.of());
    }

    private static Outcome loaded(String cluster) {
        return new Outcome.Loaded(cluster, NOW, 1, 1, "s3://ops/m-1.manifest");
    }

    private FileEntry file(int i) {
        return new FileEntry(feed, "s3://bucket/" + feed + "/file " + i, "v1", 10, NOW);
    }

    private List<FileEntry> filesOf(Batch batch) {
        List<FileEntry> files = new ArrayList<>();
        ledger.files(batch, files::add);
        return files;
    }

    private int entries(String id) {
        return client.query(r -> r.tableName(TABLES + "-entries")
                        .keyConditionExpression("#batch = :batch")
                        .expressionAttributeNames(Map.of("#batch", "batch"))
                        .expressionAttributeValues(Map.of(":batch", Items.s(id))))
                .count();
    }
}
