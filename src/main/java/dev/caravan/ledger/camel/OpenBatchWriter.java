package dev.caravan.ledger.camel;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchLimits;
import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.KnownFiles;
import dev.caravan.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * This instance's way to the open batch of one key. Threads that want something of it at the same time share a write. Other instances write to the
 * same batch; whoever finds it changed reads it again, and goes on with a batch of its own if that happens often ({@link Contention}).
 */
final class OpenBatchWriter {
    /** What a file waits for others, while they come. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    /** What it waits for the next one. */
    private static final Duration QUIET = Duration.ofMillis(20);

    /** How much older than its first file a batch's id may be. */
    private static final Duration FRESHNESS = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final Clock clock;
    private final String feed;
    private final String key;
    private final Contention contention;
    private final GroupCommit<JoinRequest> commits =
            new GroupCommit<>(JoinGroup.MOST, PATIENCE, QUIET, this::writeGroup);
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    /**
     * What is known of the open batch.
     *
     * @param batch as it was when it was last written or read; one without files if there was none
     * @param underway what is being written to it
     */
    private record Known(Batch batch, List<JoinRequest> underway) {}

    /** @param instance the name that this instance has in the ledger */
    OpenBatchWriter(Ledger ledger, Clock clock, String feed, String key, String instance) {
        this.ledger = ledger;
        this.clock = clock;
        this.feed = feed;
        this.key = key;
        contention = new Contention(instance);
    }

    /**
     * The open batch as it will be when everybody who waits here has what he wants; a fresh one if there is none. So those who come at the same time
     * don't all see the same batch, and one of them sees it complete. Reads the ledger only if nothing is known.
     */
    Batch seen() {
        Known now = known();
        Batch batch = now.batch();
        long files = batch.files();
        long bytes = batch.bytes();
        for (Iterable<JoinRequest> some : List.of(now.underway(), commits.waiting())) {
            for (JoinRequest request : some) {
                if (request.lock().isEmpty()) {
                    files++;
                    bytes += request.bytes();
                } else if (request.locks(batch)) {
                    batch = request.lock().orElseThrow().next();
                    files = 0;
                    bytes = 0;
                }
            }
        }
        return batch.holding(files, bytes);
    }

    /** Whether this is where a batch is open to which it adds. */
    boolean addsTo(String shard) {
        return contention.shard().equals(shard);
    }

    /** Another instance may have opened a batch, or an operator made it due: read the ledger next time. */
    void forget() {
        known.set(null);
    }

    /**
     * Returns once it is decided: the file is in the ledger, or known not to be.
     *
     * @param judged the batch, as it was {@link #seen}, with the file
     */
    JoinRequest add(FileEntry file, BatchLimits limits, Batch judged) {
        JoinRequest request = new JoinRequest(Optional.of(file), limits, judged, Optional.empty());
        commits.submit(request);
        return request;
    }

    /**
     * Returns once it is decided: the batch is locked, with the file if there is one, or known not to be.
     *
     * @param judged the batch, as it was {@link #seen}, with the file if there is one
     * @param completedBy in Camel's words
     */
    JoinRequest lock(Optional<FileEntry> file, BatchLimits limits, Batch judged, String completedBy) {
        JoinRequest.Lock lock = new JoinRequest.Lock(completedBy, fresh());
        JoinRequest request = new JoinRequest(file, limits, judged, Optional.of(lock));
        commits.submit(request);
        return request;
    }

    private Known known() {
        Known now = known.get();
        return now == null ? read() : now;
    }

    /** One thread reads for all that want to know at the same time. */
    private synchronized Known read() {
        Known now = known.get();
        if (now == null) {
            Known read = new Known(ledger.open(feed, key, contention.shard()).orElseGet(this::fresh), List.of());
            now = known.compareAndExchange(null, read);
            return now == null ? read : now;
        }
        return now;
    }

    private Batch fresh() {
        Instant now = clock.instant();
        return Batch.fresh(BatchId.next(feed, now), key, feed, contention.shard(), now, now);
    }

    private void writeGroup() {
        Batch batch;
        try {
            batch = known().batch();
        } catch (RuntimeException e) {
            for (JoinRequest next = commits.next(); next != null; next = commits.next()) {
                next.fail(e);
            }
            return;
        }
        JoinGroup group = new JoinGroup(batch, clock);
        for (JoinRequest next = commits.next(); next != null; next = group.hasRoom() ? commits.next() : null) {
            group.take(next);
        }
        commits.together(group.requests().size());
        if (!group.requests().isEmpty()) {
            known.set(new Known(batch, group.requests()));
            write(batch, group);
        }
        group.stale().forEach(request -> request.end(JoinRequest.State.STALE));
    }

    private void write(Batch batch, JoinGroup group) {
        List<JoinRequest> requests = group.requests();
        List<FileEntry> files = JoinRequest.files(requests);
        try {
            Batch dated = batch.isFresh() ? dated(batch, requests.get(0)) : batch;
            Optional<JoinRequest.Lock> lock = group.locking().flatMap(JoinRequest::lock);
            Batch after =
                    lock.isPresent() ? ledger.lock(dated, files, lock.get().completedBy()) : ledger.add(dated, files);
            contention.written();
            if (lock.filter(JoinRequest.Lock::isTimeout).isPresent()) {
                contention.overdue();
            }
            Batch open = lock.map(JoinRequest.Lock::next).orElse(after);
            known.set(addsTo(open.shard()) ? new Known(open, List.of()) : null);
            requests.forEach(request -> request.done(after));
            group.twins().forEach(twin -> twin.end(JoinRequest.State.KNOWN));
        } catch (Conflict e) {
            contention.clashed();
            known.set(null);
            waitAgain(group.twins());
            waitAgain(requests);
        } catch (KnownFiles e) {
            known.set(new Known(batch, List.of()));
            waitAgain(group.twins());
            waitAgain(
                    requests.stream().filter(request -> !e.has(request.file())).toList());
            requests.stream().filter(request -> e.has(request.file())).forEach(r -> r.end(JoinRequest.State.KNOWN));
        } catch (RuntimeException e) {
            known.set(null);
            requests.forEach(request -> request.fail(e));
            group.twins().forEach(twin -> twin.fail(e));
        }
    }

    /** In their order, before all others. */
    private void waitAgain(List<JoinRequest> requests) {
        for (int i = requests.size() - 1; i >= 0; i--) {
            commits.back(requests.get(i));
        }
    }

    /** A fresh batch gets its dates with its first file, and an id if the one that it has is old. */
    private Batch dated(Batch fresh, JoinRequest first) {
        Instant now = clock.instant();
        boolean old = fresh.first().isBefore(now.minus(FRESHNESS));
        String id = old ? BatchId.next(feed, now) : fresh.id();
        return Batch.fresh(
                id, key, feed, fresh.shard(), now, now.plus(first.limits().age()));
    }
}
