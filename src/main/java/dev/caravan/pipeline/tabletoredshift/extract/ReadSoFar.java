package dev.caravan.pipeline.tabletoredshift.extract;

import java.util.concurrent.atomic.AtomicLong;

/** How far a reading has come. One thread counts; others look at any time, and may see what was a moment ago. */
public final class ReadSoFar {
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong began = new AtomicLong(System.nanoTime());
    private volatile long expected;
    private long rowsBefore;
    private long bytesBefore;

    /** It begins anew: what was read before counts no more. */
    public void restart() {
        rowsBefore = 0;
        bytesBefore = 0;
        expected = 0;
        rows.setRelease(0);
        bytes.setRelease(0);
        began.setRelease(System.nanoTime());
    }

    /**
     * One more reading begins; what was read before counts further.
     *
     * @param more rows that it has, about; 0 or less if nobody knows
     */
    public void expect(long more) {
        rowsBefore = rows.getPlain();
        bytesBefore = bytes.getPlain();
        expected = more <= 0 || (expected == 0 && rowsBefore > 0) ? 0 : expected + more;
    }

    /** So many of the reading that has begun last; it costs next to nothing, so that it may be said of each row. */
    void come(long ownRows, long ownBytes) {
        rows.setRelease(rowsBefore + ownRows);
        bytes.setRelease(bytesBefore + ownBytes);
    }

    public long rows() {
        return rows.getAcquire();
    }

    /** Of its parts, compressed. */
    public long bytes() {
        return bytes.getAcquire();
    }

    /** How many rows it has, about; 0 if nobody knows. */
    public long expected() {
        return expected;
    }

    /** Since it has begun. */
    public long millis() {
        return Math.max(0, (System.nanoTime() - began.getAcquire()) / 1_000_000);
    }
}
