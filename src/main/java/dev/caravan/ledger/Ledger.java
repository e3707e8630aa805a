package dev.caravan.ledger;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Stage;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The durable memory of files and batches: the one way in which anything reads or changes their state.
 *
 * <p>Every change is conditional on what its caller last saw. A change that finds the ledger otherwise changes nothing and
 * throws {@link Conflict}, {@link KnownFiles} or {@link LeaseLost}. A ledger that can't be reached, or goes on refusing for
 * ten seconds, is a {@link LedgerUnavailable}: whether the change was made is then unknown, and trying again is safe.
 */
public interface Ledger {

    /** The files of one {@link #add}: 95 leave room for the other items of a transaction of 100. */
    int FILES_PER_WRITE = 95;

    /** The objects of one {@link #overwritten}: a page of DynamoDB's answer has no more items. */
    int OBJECTS_PER_LOOK = 10;

    /**
     * An open batch of a feed's key, read consistently.
     *
     * @param shard {@link Batch#SHARED}, or the instance that has it for itself
     */
    Optional<Batch> open(String feed, String key, String shard);

    /**
     * Puts files into an open batch; the batch comes to be with its first ones.
     *
     * @param batch as last seen; {@code entries} = 0 makes it new
     * @param files 1 to {@link #FILES_PER_WRITE}, no two with the same URL and version
     * @return the batch with the files in it
     */
    Batch add(Batch batch, List<FileEntry> files) throws Conflict, KnownFiles;

    /**
     * Locks an open batch for this instance, last files and all, in one write.
     *
     * @param batch as last seen; {@code entries} = 0 if it comes to be and is locked at once
     * @param files 0 to {@link #FILES_PER_WRITE}; at least 1 for a new batch
     * @param completedBy what completed it, in Camel's words: {@code size}, {@code predicate}, {@code timeout} or {@code force}
     * @return the locked batch, owned by this instance
     */
    Batch lock(Batch batch, List<FileEntry> files, String completedBy) throws Conflict, KnownFiles;

    /** A batch by its id, read consistently, whatever its status. */
    Optional<Batch> find(String id);

    /**
     * Hands every file of a locked batch to a consumer, read consistently; quarantined ones as well.
     *
     * @throws dev.caravan.batch.UnloadableBatch if they don't add up to the batch's count: then nothing may be loaded
     */
    void files(Batch batch, Consumer<FileEntry> consumer);

    /** What is known of an object: every version, in every feed. */
    List<KnownFile> known(String url);

    /** The versions of an object that one feed has taken, read consistently. */
    List<KnownFile> versions(String feed, String url);

    /**
     * Which of a feed's objects it has taken in more than one version, read consistently.
     *
     * @param urls 1 to {@link #OBJECTS_PER_LOOK}
     */
    Set<String> overwritten(String feed, List<String> urls);

    /**
     * Leaves files of a locked batch out of its next manifests, because another batch loads what their objects hold now.
     *
     * @param files {@linkplain QuarantinedFile#isSuperseded() superseded}; 1 to {@link #FILES_PER_WRITE}
     * @return the batch as it now stands
     * @throws Conflict if the batch has changed since it was read
     */
    Batch supersede(Batch batch, List<QuarantinedFile> files) throws Conflict;

    /**
     * Takes versions of objects of which no event has told yet, in place of files of a locked batch that they have overwritten: they make a new
     * batch of the same key, which any instance loads into all clusters, and their events count as known. One write.
     *
     * @param replaced what is left out for one cluster, by what there is now; 1 to {@link #FILES_PER_WRITE} - 2
     * @return the batch as it now stands, without those files for that cluster
     * @throws Conflict if a version, or the batch, has changed since it was read
     */
    Batch takeInstead(Batch batch, String cluster, Map<FileEntry, FileEntry> replaced) throws Conflict;

    /**
     * Puts a version that was superseded into a new batch of its own, for clusters that want it after all.
     *
     * @return the new batch
     * @throws Conflict if it is in another batch by now
     */
    Batch loadAfterAll(KnownFile known, List<String> clusters) throws Conflict;

    /** The files of a batch that were set aside, superseded ones among them, read consistently; costs nothing for a batch that has none. */
    List<QuarantinedFile> quarantined(Batch batch);

    /**
     * Sets files of a locked batch aside, so that its next attempts leave them out for one cluster.
     *
     * @param files 1 to {@link #FILES_PER_WRITE}, all refused by one cluster
     * @return the batch as it now stands
     * @throws Conflict also if a file is set aside for that cluster already
     */
    Batch quarantine(Batch batch, List<QuarantinedFile> files) throws Conflict;

    /**
     * Puts a quarantined file into a new batch of its own, which any instance loads.
     *
     * <p>Wait until its batch has ended: before, an instance that is thought dead may yet load the file with it.
     *
     * @param clusters those that refused it, and for which the new batch is
     * @return the new batch
     * @throws Conflict if the file isn't quarantined any more
     */
    Batch reload(KnownFile known, List<String> clusters) throws Conflict;

    /** Notes that a locked batch begins a stage. Returns the batch as it now stands. */
    Batch reach(Batch batch, Stage stage);

    /** Notes the URL of the manifest that a locked batch is about to be copied from, and that stage {@code copy} begins. */
    Batch manifest(Batch batch, String url);

    /** Notes what became of a locked batch in one cluster. */
    Batch outcome(Batch batch, Outcome outcome);

    /** Notes the outcome in the only cluster that was without one, and that stage {@code notify} begins. */
    Batch lastOutcome(Batch batch, Outcome outcome);

    /** Notes why a locked batch isn't loaded yet. */
    Batch note(Batch batch, String reason);

    /** Begins another attempt of a batch that this instance has locked. */
    Batch again(Batch batch);

    /** Gives a locked batch up until a time, when any instance takes it over; one more pause. */
    Batch postpone(Batch batch, Instant until, String reason);

    /** Gives a locked batch up: it waits in a list ({@link WaitingList}) until that for which this one is has come. Waiting is no attempt. */
    Batch hold(Batch batch, String list, String reason);

    /**
     * Ends a batch that has reached stage {@code notify}: {@code complete} if every outcome is loaded, else {@code error}. Empty, and nothing
     * is changed, if it hasn't, or was given up until later, even if the ledger couldn't be told so: then its lease runs out.
     */
    Optional<Batch> confirm(String id);

    /**
     * Ids of failed batches, oldest first; of many some, as in {@link #waiting}. Eventually consistent.
     *
     * @param feeds only of those
     */
    List<String> failed(Predicate<String> feeds, Instant now);

    /**
     * Makes a failed batch {@code complete}: other batches have loaded all of its files into every cluster that refused it. Those outcomes stay what they are.
     *
     * @param failed as last seen
     * @param detail what its history says of it
     * @return the batch as it now stands
     * @throws Conflict if it was reprocessed, or is being deleted, since it was read
     */
    Batch makeGood(Batch failed, String detail) throws Conflict;

    /**
     * Batches that want to be taken over now, oldest first: overdue open ones, and locked ones whose lease or pause is over. Of many as many as one
     * look may cost: the oldest, the newest, and each time others. Eventually consistent.
     */
    List<Waiting> waiting(Instant now);

    /** Batches that wait in a list, in the order in which they were locked; of many some, as in {@link #waiting}. Eventually consistent. */
    List<Held> held(String list);

    /** The lists in which batches wait. Eventually consistent. */
    Set<String> waitedFor();

    /**
     * Takes a batch that waits in a list. If that is for its feed's pause to end, or for room, the batch counts as locked now. Empty if another
     * instance was faster.
     */
    Optional<Batch> resume(String id, String list);

    /** Gives a batch to whoever looks next: this instance is stopping. Nothing happens if it is no longer this instance's. */
    void handOver(String id);

    /** Takes a locked batch whose lease or pause is over; empty if another instance was faster or it no longer waits. */
    Optional<Batch> takeOver(String id);

    /** Says that this instance is alive and still works on a batch. */
    void renew(String id);

    /**
     * A batch that wants to be taken over.
     *
     * @param id the batch's id
     * @param open where it is open; empty if it is locked
     */
    record Waiting(String id, Optional<OpenAt> open) {}

    /**
     * A batch that waits in a list.
     *
     * @param since when it was locked
     */
    record Held(String id, Instant since) {}

    /**
     * Where a batch is open.
     *
     * @param key the key that it is for
     * @param shard as {@link Batch#shard} says
     */
    record OpenAt(String key, String shard) {}

    /**
     * One version of an object in one feed.
     *
     * @param file the file
     * @param batch the id of the batch that it is in
     * @param quarantined the clusters that refused it, with the reason; empty if it isn't quarantined
     */
    record KnownFile(FileEntry file, String batch, Map<String, BadRow> quarantined) {

        /** The order in which S3 made versions; by their names if that was in the same millisecond. */
        public static final Comparator<KnownFile> BY_AGE = Comparator.comparing(
                        (KnownFile known) -> known.file().created())
                .thenComparing(known -> known.file().version());

        /** Whether another loader had loaded it before: then the ledger has no such batch. */
        public boolean isImported() {
            return BatchId.isElsewhere(batch);
        }
    }
}
