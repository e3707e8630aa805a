package dev.caravan.ledger;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchLimits;
import dev.caravan.batch.FileEntry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one thread wants of an open batch: that a file joins it, that it is locked, or both. Not safe without the writer's lock. */
final class JoinRequest {
    private final Optional<FileEntry> file;
    private final BatchLimits limits;
    private final Optional<Lock> lock;
    private State state = State.WAITING;
    private @Nullable Batch batch;
    private @Nullable RuntimeException failure;

    /**
     * That the batch is locked with this write.
     *
     * @param batch the id of the batch that was seen to be complete
     * @param completedBy in Camel's words
     */
    record Lock(String batch, String completedBy) {}

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

    JoinRequest(Optional<FileEntry> file, BatchLimits limits, Optional<Lock> lock) {
        this.file = file;
        this.limits = limits;
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

    State state() {
        return state;
    }

    void done(Batch after) {
        state = State.DONE;
        batch = after;
    }

    void end(State end) {
        state = end;
    }

    void fail(RuntimeException e) {
        state = State.FAILED;
        failure = e;
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
