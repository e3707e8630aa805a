package dev.caravan.ledger;

import dev.caravan.batch.Batch;
import dev.caravan.batch.Companions;
import dev.caravan.batch.FileEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * This instance's way to the open batch of one key. Threads that want something of it at the same time share a write: the
 * one whose turn it is takes along what all others wait for. Other instances write to the same batch; whoever finds it changed
 * reads it again.
 */
final class OpenBatchWriter {
    /** Leaves room for the file of a request that locks the batch. */
    private static final int GROUP = Ledger.FILES_PER_WRITE - 1;

    /** What a file waits for others, while they come. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    /** Timers are exact to the aggregator's check interval at best. */
    private static final Duration TIMER_SLACK = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final Clock clock;
    private final String feed;
    private final String key;
    private final Queue<JoinRequest> waiting = new ConcurrentLinkedQueue<>();
    private final Companions companions = new Companions(GROUP, PATIENCE);
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Batch known;

    OpenBatchWriter(Ledger ledger, Clock clock, String feed, String key) {
        this.ledger = ledger;
        this.clock = clock;
        this.feed = feed;
        this.key = key;
    }

    /** The open batch as this instance last saw it, or a fresh one; reads the ledger only if nothing is known. */
    Batch seen() {
        Batch seen = known;
        if (seen != null) {
            return seen;
        }
        turn.lock();
        try {
            return current();
        } finally {
            turn.unlock();
        }
    }

    /** Another instance may have opened a batch, or an operator made it due: read the ledger next time. */
    void forget() {
        turn.lock();
        try {
            known = null;
        } finally {
            turn.unlock();
        }
    }

    /** Returns once the request is decided: in the ledger, or known not to be. */
    void write(JoinRequest request) {
        join(request);
        turn.lock();
        try {
            while (request.state() == JoinRequest.State.WAITING) {
                companions.await();
                writeGroup();
            }
        } finally {
            turn.unlock();
        }
    }

    private void join(JoinRequest request) {
        waiting.add(request);
        companions.arrived();
    }

    private @Nullable JoinRequest poll() {
        JoinRequest next = waiting.poll();
        if (next != null) {
            companions.left();
        }
        return next;
    }

    private Batch current() {
        Batch seen = known;
        if (seen == null) {
            seen = ledger.open(feed, key).orElseGet(this::fresh);
            known = seen;
        }
        return seen;
    }

    private Batch fresh() {
        Instant now = clock.instant();
        return Batch.fresh(BatchId.next(feed, now), key, feed, now, now);
    }

    private void writeGroup() {
        List<JoinRequest> group = new ArrayList<>();
        Optional<JoinRequest> locking = Optional.empty();
        try {
            Batch batch = current();
            locking = gather(batch, group);
            companions.together(group.size());
            if (group.isEmpty()) {
                return;
            }
            Batch dated = batch.isFresh() ? dated(group.get(0)) : batch;
            List<FileEntry> files = JoinRequest.files(group);
            if (locking.isPresent()) {
                Batch locked = ledger.lock(
                        dated, files, locking.get().lock().orElseThrow().completedBy());
                known = fresh();
                group.forEach(request -> request.done(locked));
            } else {
                Batch grown = ledger.add(dated, files);
                known = grown;
                group.forEach(request -> request.done(grown));
            }
        } catch (Conflict e) {
            known = null;
            group.forEach(this::join);
        } catch (KnownFiles e) {
            Set<FileEntry> files = new HashSet<>(e.files());
            for (JoinRequest request : group) {
                if (request.file().filter(files::contains).isPresent()) {
                    request.end(JoinRequest.State.KNOWN);
                } else {
                    join(request);
                }
            }
        } catch (RuntimeException e) {
            known = null;
            if (group.isEmpty()) {
                drain(group);
            }
            group.forEach(request -> request.fail(e));
        }
    }

    private void drain(List<JoinRequest> group) {
        for (JoinRequest next = poll(); next != null; next = poll()) {
            group.add(next);
        }
    }

    /** Takes what can go into one write; what can't is told to decide anew. Returns the request that locks, last in the group. */
    private Optional<JoinRequest> gather(Batch batch, List<JoinRequest> group) {
        long files = batch.files();
        long bytes = batch.bytes();
        Set<String> identities = new HashSet<>();
        while (group.size() < GROUP) {
            JoinRequest next = poll();
            if (next == null) {
                break;
            }
            if (next.file()
                    .map(file -> !identities.add(file.version() + file.url()))
                    .orElse(false)) {
                next.end(JoinRequest.State.KNOWN);
            } else if (next.lock().isPresent()) {
                if (stillComplete(batch, group, next)) {
                    group.add(next);
                    return Optional.of(next);
                }
                next.end(JoinRequest.State.STALE);
            } else {
                long size = next.file().orElseThrow().size();
                if (next.limits().reachedBy(files + 1, bytes + size)) {
                    next.end(JoinRequest.State.STALE);
                } else {
                    files++;
                    bytes += size;
                    group.add(next);
                }
            }
        }
        return Optional.empty();
    }

    private boolean stillComplete(Batch batch, List<JoinRequest> group, JoinRequest locking) {
        JoinRequest.Lock lock = locking.lock().orElseThrow();
        boolean nothingToLock =
                batch.isFresh() && group.isEmpty() && locking.file().isEmpty();
        boolean tooEarly = "timeout".equals(lock.completedBy())
                && batch.due().isAfter(clock.instant().plus(TIMER_SLACK));
        return lock.batch().equals(batch.id()) && !nothingToLock && !tooEarly;
    }

    /** A fresh batch gets its id and its dates with its first file. */
    private Batch dated(JoinRequest first) {
        Instant now = clock.instant();
        return Batch.fresh(
                BatchId.next(feed, now), key, feed, now, now.plus(first.limits().age()));
    }
}
