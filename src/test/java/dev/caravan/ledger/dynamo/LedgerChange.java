package dev.caravan.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.dynamo.LedgerActor.Done;
import dev.caravan.ledger.dynamo.LedgerActor.End;
import dev.caravan.ledger.dynamo.LedgerTruth.Stored;
import dev.caravan.outcome.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one step of one instance may change.
 *
 * @param who the instance
 * @param now when it did the step
 */
record LedgerChange(LedgerTruth before, LedgerTruth after, String who, Instant now, Done done) {

    /** @param reliable whether an answer that nothing has changed means that it was not to be, rather than that DynamoDB failed */
    void check(boolean reliable) {
        after.check();
        assertThat(after.files.keySet()).as("files are never forgotten").containsAll(before.files.keySet());
        for (Stored was : before.batches.values()) {
            Stored is = after.batches.get(was.batch().id());
            assertThat(is).as("%s is still there", was.batch()).isNotNull();
            if (is != null && !is.equals(was)) {
                checkChanged(was, is);
            }
        }
        if (done.end() instanceof End.Changed changed) {
            assertThat(may()).as("may change it").isTrue();
            changed.now().ifPresent(batch -> assertThat(batch).isEqualTo(after.batch(batch.id())));
        } else if (done.end() instanceof End.Refused refused) {
            assertThat(after.files.keySet()).as("files said to be known").containsAll(refused.known());
            if (reliable) {
                assertThat(may()).as("may change it, though it was refused").isFalse();
                assertThat(after.batches).isEqualTo(before.batches);
                assertThat(after.files).isEqualTo(before.files);
            }
        } else if (done.end() instanceof End.Unknown) {
            assertThat(reliable).as("DynamoDB works").isFalse();
        }
    }

    private void checkChanged(Stored was, Stored is) {
        String what = was.batch() + " → " + is.batch();
        boolean takenUp = is.owner().equals(Optional.of(who));
        switch (was.batch().status()) {
            case OPEN -> {
                assertThat(is.batch().entries())
                        .as(what)
                        .isBetween(was.batch().entries(), was.batch().entries() + 1);
                assertThat(is.batch().status() == BatchStatus.OPEN || (is.isLocked() && takenUp))
                        .as(what)
                        .isTrue();
            }
            case LOCKED -> {
                assertThat(is.entries()).as(what).isEqualTo(was.entries());
                assertThat(is.batch().attempt() - was.batch().attempt())
                        .as("attempts: " + what)
                        .isEqualTo(
                                Set.of(LedgerStep.Op.TAKE_OVER, LedgerStep.Op.RESUME)
                                                .contains(done.step().op())
                                        ? 1
                                        : 0);
                boolean owned = was.owner().equals(Optional.of(who));
                boolean due = was.phase().equals(Items.LIVE) && !was.time().isAfter(now);
                boolean waits = !was.phase().equals(Items.LIVE);
                boolean unlocked = done.step().op() == LedgerStep.Op.UNLOCK
                        && is.owner().isEmpty()
                        && is.phase().equals(Items.LIVE)
                        && is.batch().equals(was.batch());
                assertThat(owned || unlocked || (takenUp && (due || waits)))
                        .as(who + " changes " + what)
                        .isTrue();
            }
            default -> {
                assertThat(done.step().op())
                        .as("ended batches change only when an operator says so: " + what)
                        .isEqualTo(LedgerStep.Op.REPROCESS);
                assertThat(is.isLocked()).as(what).isTrue();
                assertThat(is.owner()).as(what).isEmpty();
                assertThat(is.entries()).as(what).isEqualTo(was.entries());
                assertThat(is.batch().attempt()).as(what).isEqualTo(was.batch().attempt());
                assertThat(is.batch().outcomes()).as(what).isEqualTo(loaded(was.batch()));
            }
        }
    }

    private static Map<String, Outcome> loaded(Batch batch) {
        return batch.outcomes().values().stream()
                .filter(Outcome.Loaded.class::isInstance)
                .collect(Collectors.toMap(Outcome::cluster, outcome -> outcome));
    }

    /** Whether the step has a right to be done. */
    private boolean may() {
        return switch (done.step().op()) {
            case ADVANCE, HAND_OVER -> true;
            case ADD -> isOpenAsSeen(batch()) && noneKnown();
            case LOCK -> (batch().isFresh() || isOpenAsSeen(batch())) && noneKnown();
            case TAKE_OVER ->
                stored().filter(Stored::isLocked)
                        .filter(it ->
                                it.phase().equals(Items.LIVE) && !it.time().isAfter(now))
                        .isPresent();
            case RESUME ->
                stored().filter(Stored::isLocked)
                        .filter(it -> it.waitsFor(done.clusters().get(0)))
                        .isPresent();
            case CONFIRM ->
                owned().filter(it -> it.batch().stage() == Stage.NOTIFY).isPresent();
            case QUARANTINE ->
                owned().filter(it -> it.batch().quarantined() == batch().quarantined())
                                .isPresent()
                        && !done.files().isEmpty()
                        && done.files().stream().allMatch(this::mayBeQuarantined);
            case REPROCESS ->
                stored().map(Stored::batch)
                                .filter(now -> now.status() == batch().status())
                                .filter(now -> now.attempt() == batch().attempt())
                                .filter(now -> now.quarantined() == batch().quarantined())
                                .isPresent()
                        && done.files().stream().allMatch(this::mayBeQuarantined);
            case UNLOCK -> stored().filter(Stored::isLocked).isPresent();
            case FLUSH ->
                before.open(batch().feed(), batch().shard())
                        .filter(open -> open.batch().id().equals(batch().id()))
                        .isPresent();
            case RELOAD -> done.files().stream().anyMatch(this::mayBeReloaded);
            default -> owned().isPresent();
        };
    }

    private boolean isOpenAsSeen(Batch seen) {
        Optional<Batch> open = before.open(seen.feed(), seen.shard()).map(Stored::batch);
        return seen.isFresh()
                ? open.isEmpty()
                : open.filter(batch -> batch.id().equals(seen.id()) && batch.entries() == seen.entries())
                        .filter(batch -> batch.due().equals(seen.due()))
                        .isPresent();
    }

    private boolean noneKnown() {
        Set<FileEntry> known = before.files.keySet();
        return done.files().stream().noneMatch(known::contains);
    }

    private boolean mayBeQuarantined(FileEntry file) {
        Ledger.KnownFile known = before.files.get(file);
        return known != null
                && known.batch().equals(batch().id())
                && !known.quarantined().containsKey(done.clusters().get(0));
    }

    private boolean mayBeReloaded(FileEntry file) {
        Ledger.KnownFile known = before.files.get(file);
        return known != null
                && known.batch().equals(batch().id())
                && known.quarantined().keySet().containsAll(done.clusters());
    }

    private Optional<Stored> owned() {
        return stored().filter(Stored::isLocked).filter(it -> it.owner().equals(Optional.of(who)));
    }

    private Optional<Stored> stored() {
        return done.batch().map(batch -> before.batches.get(batch.id()));
    }

    private Batch batch() {
        return done.batch().orElseThrow();
    }

    /** For a person: the step and how it ended. */
    @Override
    public String toString() {
        return who + " at " + now + ": " + List.of(done.step(), done.files().size() + " files", done.end());
    }
}
