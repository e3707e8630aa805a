package dev.caravan.pipeline.tabletoredshift.pace;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** So many rows a second and no more. Each row has its time; a thread that is early by less than some milliseconds goes on, lest each row is a sleep. */
final class RowRate implements Pace {
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(10);
    /** What was missed, because the source or S3 was slow, is made up for only so far. */
    private static final long MADE_UP = TimeUnit.MILLISECONDS.toNanos(100);

    private final double nanosForRow;
    private final Patience patience;
    private final long start = System.nanoTime();
    private double next;

    RowRate(int rowsPerSecond, Patience patience) {
        nanosForRow = (double) TimeUnit.SECONDS.toNanos(1) / rowsPerSecond;
        this.patience = patience;
    }

    @Override
    public void row() throws IOException {
        long early = early();
        if (early > SHORT) {
            patience.waitFor(early);
        }
    }

    private synchronized long early() {
        double now = System.nanoTime() - start;
        double mine = Math.max(next, now - MADE_UP);
        next = mine + nanosForRow;
        return (long) (mine - now);
    }
}
