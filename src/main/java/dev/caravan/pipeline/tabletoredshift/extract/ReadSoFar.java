package dev.caravan.pipeline.tabletoredshift.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** How far a reading of a table, or of several one after the other, has come, by however many connections. Others look at any time, and may see what was a moment ago. */
public final class ReadSoFar {
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private final AtomicLong began = new AtomicLong(System.nanoTime());
    private volatile List<Table> before = List.of();
    private volatile long expected;

    /** A table that has been read. */
    public record Table(long rows, long bytes) {}

    /** It begins anew: what was read before counts no more. */
    public void restart() {
        before = List.of();
        begin();
    }

    /** A table has been read: what comes is of the next one. */
    public void next() {
        List<Table> read = new ArrayList<>(before);
        read.add(new Table(rows(), bytes()));
        begin();
        before = List.copyOf(read);
    }

    private void begin() {
        shares.clear();
        expected = 0;
        began.set(System.nanoTime());
    }

    /**
     * One more reading begins; what was read before counts further.
     *
     * @param more rows that it has, about; 0 or less if nobody knows
     */
    public void expect(long more) {
        expected = more <= 0 || (expected == 0 && rows() > 0) ? 0 : expected + more;
    }

    /** What one connection reads of it. */
    Share share() {
        Share share = new Share();
        shares.add(share);
        return share;
    }

    /** Tables that have been read before this one. */
    public List<Table> before() {
        return before;
    }

    public long rows() {
        return sum(share -> share.rows.getAcquire());
    }

    /** Of its parts, compressed. */
    public long bytes() {
        return sum(share -> share.bytes.getAcquire());
    }

    /** How many rows it has, about; 0 if nobody knows. */
    public long expected() {
        return expected;
    }

    /** Since it has begun. */
    public long millis() {
        return Math.max(0, (System.nanoTime() - began.get()) / 1_000_000);
    }

    private long sum(ToLongFunction<Share> of) {
        return shares.stream().mapToLong(of).sum();
    }

    /** Counted by one thread. */
    static final class Share {
        private final AtomicLong rows = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();

        /** So many until now; it costs next to nothing, so that it may be said of each row. */
        void come(long allRows, long allBytes) {
            rows.setRelease(allRows);
            bytes.setRelease(allBytes);
        }
    }
}
