package dev.caravan.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Stage;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.KnownFiles;
import dev.caravan.ledger.LeaseLost;
import dev.caravan.ledger.Ledger;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The ledger's promises, on DynamoDB Local. */
class DynamoDbLedgerTest extends LedgerOfAFeed {
    @Test
    void filesThatAreAddedAreInTheOpenBatch() throws Exception {
        Batch batch = ledger.add(fresh(), files(0, 3));
        batch = ledger.add(batch, files(3, 5));
        assertThat(ledger.open(feed, feed, Batch.SHARED)).contains(batch);
        assertThat(batch.files()).isEqualTo(5);
        assertThat(batch.bytes()).isEqualTo(50);
        assertThat(ledger.find(batch.id())).contains(batch);
        assertThat(ledger.known(file(4).url()))
                .singleElement()
                .isEqualTo(new Ledger.KnownFile(file(4), batch.id(), Map.of()));
    }

    @Test
    void aKnownFileKeepsTheOthersOfItsWriteOut_soThatTheyCanBeWrittenWithoutIt() throws Exception {
        Batch batch = ledger.add(fresh(), files(0, 2));
        KnownFiles known = catchThrowableOfType(KnownFiles.class, () -> ledger.add(batch, files(1, 3)));
        assertThat(known.files()).containsExactly(file(1));
        assertThat(ledger.known(file(2).url())).isEmpty();
        assertThat(ledger.open(feed, feed, Batch.SHARED)).contains(batch);
    }

    @Test
    void objectsAreOverwrittenOfWhichTheFeedHasTakenAnotherVersion() throws Exception {
        List<FileEntry> first = files(0, Ledger.OBJECTS_PER_LOOK);
        List<String> urls = first.stream().map(FileEntry::url).toList();
        Batch batch = ledger.add(fresh(), first);
        assertThat(ledger.overwritten(feed, urls)).isEmpty();
        batch = ledger.add(batch, again(first.subList(1, first.size()), "v2"));
        ledger.add(batch, again(first.subList(1, first.size()), "v3"));
        assertThat(ledger.overwritten(feed, urls)).containsExactlyInAnyOrderElementsOf(urls.subList(1, urls.size()));
        assertThat(ledger.overwritten(feed + "2", urls)).isEmpty();
        assertThat(ledger.overwritten(feed.substring(0, feed.length() - 1), urls))
                .isEmpty();
    }

    @Test
    void aBatchThatHasChangedSinceItWasSeenIsNotWrittenTo() throws Exception {
        Batch seen = ledger.add(fresh(), files(0, 1));
        ledger.add(seen, files(1, 2));
        assertThatThrownBy(() -> ledger.add(seen, files(2, 3))).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> ledger.lock(seen, files(2, 3), "size")).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> ledger.add(fresh(), files(2, 3))).isInstanceOf(Conflict.class);
        assertThat(ledger.known(file(2).url())).isEmpty();
    }

    @Test
    void aLockedBatchHasExactlyTheFilesThatWereAddedBeforeAndWithTheLock() throws Exception {
        Batch open = ledger.add(fresh(), files(0, 95));
        Batch locked = ledger.lock(open, files(95, 100), "size");
        assertThat(locked.status()).isEqualTo(BatchStatus.LOCKED);
        assertThat(filesOf(locked)).containsExactlyElementsOf(files(0, 100));
        assertThat(ledger.open(feed, feed, Batch.SHARED)).isEmpty();
        assertThatThrownBy(() -> ledger.add(open, files(100, 101))).isInstanceOf(Conflict.class);
    }

    @Test
    void whatABatchWaitedForIsNoReasonAnyMoreWhenItIsOver() throws Exception {
        Batch locked = ledger.lock(fresh(), files(0, 1), "size");
        assertThat(ledger.hold(locked, "west", "resizing").reason()).isEqualTo("resizing");
        assertThat(ledger.find(locked.id())).map(Batch::reason).contains("resizing");
        assertThat(ledger.resume(locked.id(), "west")).map(Batch::reason).contains("");
        assertThat(ledger.find(locked.id())).map(Batch::reason).contains("");
    }

    @Test
    void aBatchOf20000FilesWorks() throws Exception {
        Batch batch = fresh();
        for (int i = 0; i < 19_950; i += 95) {
            batch = ledger.add(batch, files(i, i + 95));
        }
        Batch locked = ledger.lock(batch, files(19_950, 20_000), "size");
        assertThat(filesOf(locked)).hasSize(20_000).doesNotHaveDuplicates();
    }

    @Test
    void aBatchWhoseEntriesDontAddUpIsNotLoaded() throws Exception {
        Batch batch = ledger.add(fresh(), files(0, 2));
        Batch locked = ledger.lock(batch, files(2, 3), "size");
        client.deleteItem(r -> r.tableName(TABLES + "-entries")
                .key(java.util.Map.of(
                        "batch", AttributeValue.fromS(locked.id()), "sequence", AttributeValue.fromN("2"))));
        assertThatThrownBy(() -> filesOf(locked))
                .isInstanceOf(UnloadableBatch.class)
                .hasMessageContaining(locked.id())
                .hasMessageContaining("should have 3 files");
    }

    @Test
    void stagesAndOutcomesAreKept_andConfirmEndsTheBatchByItsOutcomes() throws Exception {
        Batch loaded = ledger.lock(fresh(), files(0, 1), "size");
        assertThat(ledger.reach(loaded, Stage.MANIFEST).stage()).isEqualTo(Stage.MANIFEST);
        assertThat(ledger.manifest(loaded, "s3://b/m").manifest()).isEqualTo("s3://b/m");
        Outcome outcome = new Outcome.Loaded("redshift", NOW, 7, 20, "s3://ops/m-1.manifest");
        assertThat(ledger.outcome(loaded, outcome).outcomes()).containsEntry("redshift", outcome);
        assertThat(ledger.confirm(loaded.id()))
                .as("it has not reached stage notify")
                .isEmpty();
        ledger.reach(loaded, Stage.NOTIFY);
        assertThat(ledger.confirm(loaded.id()).orElseThrow().status()).isEqualTo(BatchStatus.COMPLETE);

        Batch failed = ledger.lock(fresh(), files(1, 2), "size");
        Outcome failure = new Outcome.Failed(
                "redshift", NOW, "why", "XX000", List.of(new BadRow("s3://b/k", 1, "c", "v", 1200, "bad")));
        assertThat(ledger.lastOutcome(failed, failure).stage()).isEqualTo(Stage.NOTIFY);
        assertThat(ledger.confirm(failed.id()).orElseThrow().status()).isEqualTo(BatchStatus.ERROR);
        assertThat(ledger.find(failed.id()).orElseThrow().outcomes()).containsEntry("redshift", failure);
    }

    @Test
    void onlyTheOwnerChangesALockedBatch_andOnlyUntilAnotherTookItOver() throws Exception {
        Batch locked = ledger.lock(fresh(), files(0, 1), "size");
        DynamoDbLedger other = at(NOW.plusSeconds(30), "other");
        assertThatThrownBy(() -> other.reach(locked, Stage.COPY)).isInstanceOf(LeaseLost.class);
        assertThat(other.takeOver(locked.id())).isEmpty();

        DynamoDbLedger later = at(NOW.plusSeconds(61), "other");
        assertThat(later.waiting(NOW.plusSeconds(61)))
                .extracting(Ledger.Waiting::id)
                .contains(locked.id());
        assertThat(later.takeOver(locked.id()).orElseThrow().attempt()).isEqualTo(2);
        assertThat(later.takeOver(locked.id())).isEmpty();
        assertThatThrownBy(() ->
                        ledger.outcome(locked, new Outcome.Loaded("redshift", NOW, 1, 1, "s3://ops/m-1.manifest")))
                .isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> ledger.renew(locked.id())).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> ledger.confirm(locked.id())).isInstanceOf(LeaseLost.class);
    }

    @Test
    void whoeverDiesWithABatchIsCounted_untilTheStageIsLeftOrAnAttemptEndsInOrder() throws Exception {
        Batch batch = ledger.lock(fresh(), files(0, 1), "size");
        assertThat(died(batch, 1).deaths()).containsExactly(Map.entry(Stage.MANIFEST, 1));
        assertThat(died(batch, 2).deadly()).isEmpty();
        assertThat(died(batch, 3).deadly()).contains(Stage.MANIFEST);
        DynamoDbLedger third = at(NOW.plusSeconds(300), "owner 3");
        assertThat(third.postpone(batch(batch), NOW, "no cluster could be asked")
                        .deadly())
                .as("it stays set aside until that is written down")
                .contains(Stage.MANIFEST);
        assertThat(third.takeOver(batch.id()).orElseThrow().deaths()).containsEntry(Stage.MANIFEST, 3);

        assertThat(third.manifest(batch, "s3://b/m").deaths()).isEmpty();
        assertThat(died(batch, 6).deaths()).containsExactly(Map.entry(Stage.COPY, 1));
        DynamoDbLedger sixth = at(NOW.plusSeconds(600), "owner 6");
        assertThat(sixth.reach(batch, Stage.MANIFEST).deaths())
                .as("to begin again leaves no stage behind")
                .containsExactly(Map.entry(Stage.COPY, 1));
        sixth.handOver(batch.id());
        assertThat(batch(batch).deaths()).as("it has lived").isEmpty();
        assertThat(at(NOW.plusSeconds(700), "owner 7")
                        .takeOver(batch.id())
                        .orElseThrow()
                        .deaths())
                .isEmpty();
        assertThat(died(batch, 8).deaths()).isNotEmpty();
        assertThat(at(NOW.plusSeconds(800), "owner 8")
                        .postpone(batch(batch), NOW, "why")
                        .deaths())
                .isEmpty();
        assertThat(at(NOW.plusSeconds(900), "owner 9").takeOver(batch.id())).isPresent();
        assertThat(at(NOW.plusSeconds(1_000), "owner 9")
                        .takeOver(batch.id())
                        .orElseThrow()
                        .deaths())
                .as("its own: it lives")
                .isEmpty();
    }

    private Batch died(Batch batch, int times) {
        return at(NOW.plusSeconds(100L * times), "owner " + times)
                .takeOver(batch.id())
                .orElseThrow();
    }

    @Test
    void aRenewedLeaseLastsLonger() throws Exception {
        Batch locked = ledger.lock(fresh(), files(0, 1), "size");
        at(NOW.plusSeconds(50), "me").renew(locked.id());
        assertThat(at(NOW.plusSeconds(61), "other").takeOver(locked.id())).isEmpty();
    }

    @Test
    void aPostponedBatchIsAnybodysWhenItsTimeHasCome_andNotBefore() throws Exception {
        Batch locked = ledger.lock(fresh(), files(0, 1), "size");
        ledger.postpone(locked, NOW.plusSeconds(5), "resizing");
        assertThat(at(NOW.plusSeconds(4), "other").takeOver(locked.id())).isEmpty();
        Batch taken = at(NOW.plusSeconds(5), "other").takeOver(locked.id()).orElseThrow();
        assertThat(taken.reason()).isEqualTo("resizing");
    }

    @Test
    void anOverdueOpenBatchWaits_andAYoungOneDoesNot() throws Exception {
        Batch open = ledger.add(fresh(), files(0, 1));
        assertThat(ledger.waiting(NOW.plusSeconds(59)))
                .extracting(Ledger.Waiting::id)
                .doesNotContain(open.id());
        assertThat(ledger.waiting(NOW.plusSeconds(60)))
                .filteredOn(waiting -> waiting.id().equals(open.id()))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.open()).contains(new Ledger.OpenAt(feed, Batch.SHARED)));
    }

    @Test
    void eachInstanceMayHaveAnOpenBatchForItself_andNoFileIsInTwo() throws Exception {
        Batch shared = ledger.add(fresh(), files(0, 2));
        Batch own = at(NOW, "other").add(fresh("other"), files(2, 4));
        assertThat(ledger.open(feed, feed, Batch.SHARED)).contains(shared);
        assertThat(ledger.open(feed, feed, "other")).contains(own);
        assertThatThrownBy(() -> ledger.add(own, files(1, 2))).isInstanceOf(KnownFiles.class);
        assertThat(ledger.waiting(NOW.plusSeconds(60)))
                .filteredOn(waiting -> waiting.id().equals(own.id()))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.open()).contains(new Ledger.OpenAt(feed, "other")));
        Batch locked = ledger.lock(own, List.of(), "timeout");
        assertThat(ledger.open(feed, feed, "other")).isEmpty();
        assertThat(ledger.open(feed, feed, Batch.SHARED)).contains(shared);
        assertThat(ledger.find(own.id())).contains(locked);
    }

    @Test
    void aFileIsSetAsideForAClusterOnce() throws Exception {
        Batch locked = ledger.lock(fresh(), files(0, 2), "size");
        BadRow cause = new BadRow(file(0).url(), 1, "id", "x", 1207, "Invalid digit");
        QuarantinedFile east = new QuarantinedFile(file(0), "east", 1, cause);
        QuarantinedFile west = new QuarantinedFile(file(0), "west", 1, cause);
        Batch once = ledger.quarantine(locked, List.of(east));
        assertThatThrownBy(() -> ledger.quarantine(once, List.of(east))).isInstanceOf(Conflict.class);
        Batch both = ledger.quarantine(once, List.of(west));
        assertThat(both.quarantined()).isEqualTo(2);
        assertThat(ledger.quarantined(both)).containsExactly(east, west);
    }

    @Test
    void whatIsSupersededAndWhatIsSetAsideDontGetInEachOthersWay() throws Exception {
        Batch batch = ledger.lock(fresh(), files(0, 6), "size");
        BadRow cause = new BadRow(file(0).url(), 1, "id", "x", 1207, "Invalid digit");
        for (int i = 0; i < 6; i += 2) {
            batch = ledger.supersede(
                    batch, List.of(QuarantinedFile.superseded(file(i), "east", 1, "other", "replaced")));
            batch = ledger.quarantine(batch, List.of(new QuarantinedFile(file(i + 1), "east", 1, cause)));
        }
        assertThat(batch.superseded()).isEqualTo(3);
        assertThat(batch.quarantined()).isEqualTo(3);
        assertThat(ledger.quarantined(batch)).hasSize(6);
    }

    private static List<FileEntry> again(List<FileEntry> files, String version) {
        return files.stream()
                .map(file -> new FileEntry(file.feed(), file.url(), version, file.size(), file.created()))
                .toList();
    }

    private List<FileEntry> filesOf(Batch batch) {
        List<FileEntry> files = new ArrayList<>();
        ledger.files(batch, files::add);
        return files;
    }
}
