package dev.caravan.ledger.camel;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The requests that go into one write of an open batch, and those that met it but can't. Nobody is told anything before the write is over: who is
 * told to decide anew would come back into the very group that is being gathered.
 */
final class JoinGroup {
    /** Leaves room for the file of a request that locks the batch. */
    static final int MOST = Ledger.FILES_PER_WRITE - 1;

    /** Timers are exact to the aggregator's check interval at best. */
    private static final Duration TIMER_SLACK = Duration.ofSeconds(1);

    private final Clock clock;
    private final Batch batch;
    private final List<JoinRequest> requests = new ArrayList<>();
    private final List<JoinRequest> twins = new ArrayList<>();
    private final List<JoinRequest> stale = new ArrayList<>();
    private final Set<String> identities = new HashSet<>();
    private Optional<JoinRequest> locking = Optional.empty();
    private long files;
    private long bytes;

    JoinGroup(Batch batch, Clock clock) {
        this.batch = batch;
        this.clock = clock;
        this.files = batch.files();
        this.bytes = batch.bytes();
    }

    /** Whether there is room for one more: not after the one that locks the batch. */
    boolean hasRoom() {
        return requests.size() < MOST && locking.isEmpty();
    }

    void take(JoinRequest request) {
        if (request.file().filter(this::isTwin).isPresent()) {
            twins.add(request);
        } else if (request.lock().isPresent() ? !isStillComplete(request) : isTooMuch(request)) {
            stale.add(request);
        } else {
            request.file().ifPresent(file -> {
                identities.add(identity(file));
                files++;
                bytes += file.size();
            });
            requests.add(request);
            locking = request.lock().isPresent() ? Optional.of(request) : Optional.empty();
        }
    }

    private static String identity(FileEntry file) {
        return file.version() + file.url();
    }

    private boolean isTwin(FileEntry file) {
        return identities.contains(identity(file));
    }

    private boolean isTooMuch(JoinRequest request) {
        return request.isTooMuch(files + 1, bytes + request.bytes());
    }

    private boolean isStillComplete(JoinRequest request) {
        int own = request.file().isPresent() ? 1 : 0;
        boolean nothingToLock = files + own == 0;
        boolean tooEarly = request.lock().filter(JoinRequest.Lock::isTimeout).isPresent()
                && batch.due().isAfter(clock.instant().plus(TIMER_SLACK));
        return request.locks(batch)
                && !nothingToLock
                && !tooEarly
                && (own == 0 || request.isEnough(files + own, bytes + request.bytes()));
    }

    /** In the order of their coming; the one that locks the batch is the last. */
    List<JoinRequest> requests() {
        return requests;
    }

    /** The request that locks the batch. */
    Optional<JoinRequest> locking() {
        return locking;
    }

    /** Those for a file that another request of the group is for. */
    List<JoinRequest> twins() {
        return twins;
    }

    /** Those whose batch isn't what they saw. */
    List<JoinRequest> stale() {
        return stale;
    }
}
