package dev.caravan.ledger.camel;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchLimits;
import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.AlreadyInLedger;
import java.util.List;
import java.util.Optional;
import org.apache.camel.spi.OptimisticLockingAggregationRepository.OptimisticLockingException;
import org.jspecify.annotations.Nullable;

/** What one thread wants of an open batch: that a file joins it, that it is locked, or both. */
final class JoinRequest extends GroupCommit.Wish {
    private final Optional<FileEntry> file;
    private final BatchLimits limits;
    private final Batch judged;
    private final Optional<Lock> lock;
    private State state = State.WAITING;
    private @Nullable Batch batch;
    private @Nullable RuntimeException failure;

    /**
     * That the batch is locked with this write.
     *
     * @param completedBy in Camel's words
     * @param next the batch that is open after it
     */
    record Lock(String completedBy, Batch next) {
        boolean isTimeout() {
            return "timeout".equals(completedBy);
        }
    }

    enum State {
        WAITING,
        /** Durable. */
        DONE,
        /** The batch isn't what it was seen to be: decide anew. */
        STALE,
        /** The file is in the ledger already. */
        KNOWN,
        FAILED
    }

    /** @param judged the batch, with the file, that was seen to be complete, or not to be */
    JoinRequest(Optional<FileEntry> file, BatchLimits limits, Batch judged, Optional<Lock> lock) {
        this.file = file;
        this.limits = limits;
        this.judged = judged;
        this.lock = lock;
    }

    Optional<FileEntry> file() {
        return file;
    }

    BatchLimits limits() {
        return limits;
    }

    Optional<Lock> lock() {
        return lock;
    }

    /** Whether it wants to lock this very batch. */
    boolean locks(Batch open) {
        return lock.isPresent() && judged.id().equals(open.id());
    }

    long bytes() {
        return file.map(FileEntry::size).orElse(0L);
    }

    /** Whether a batch of so many files and bytes, this one's included, is more than was judged not to be complete, and too much. */
    boolean isTooMuch(long files, long bytes) {
        boolean more = files > judged.files() || bytes > judged.bytes();
        return more && limits.reachedBy(files, bytes);
    }

    /** Whether a batch of so many files and bytes, this one's included, has what was judged to be complete. */
    boolean isEnough(long files, long bytes) {
        return files >= judged.files() && bytes >= judged.bytes();
    }

    State state() {
        return state;
    }

    void done(Batch after) {
        batch = after;
        end(State.DONE);
    }

    void end(State end) {
        state = end;
        decide();
    }

    void fail(RuntimeException e) {
        failure = e;
        end(State.FAILED);
    }

    /**
     * The batch after the write.
     *
     * @throws AlreadyInLedger if the file is in the ledger already
     * @throws OptimisticLockingException if the batch isn't what it was seen to be
     */
    Batch decided() {
        return switch (state) {
            case DONE -> batch();
            case KNOWN -> throw new AlreadyInLedger(file.orElseThrow());
            case FAILED -> throw failure();
            case STALE, WAITING -> throw new OptimisticLockingException();
        };
    }

    /** The batch after the write; only for a request that is done. */
    Batch batch() {
        if (batch == null) {
            throw new IllegalStateException("no batch: the request is " + state);
        }
        return batch;
    }

    /** What went wrong; only for a request that has failed. */
    RuntimeException failure() {
        return failure == null ? new IllegalStateException("no failure: the request is " + state) : failure;
    }

    static List<FileEntry> files(List<JoinRequest> requests) {
        return requests.stream().flatMap(r -> r.file().stream()).toList();
    }
}
