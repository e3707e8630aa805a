package dev.caravan.batch;

import java.time.Duration;

/**
 * When a batch is complete: at the first of these.
 *
 * @param files so many files
 * @param bytes so many bytes, all files together; {@link Long#MAX_VALUE} for no limit
 * @param age so long after its first file
 */
public record BatchLimits(long files, long bytes, Duration age) {
    /** Complete whatever it has: a timeout completes a batch without a file, so without its feed's limits. */
    public static final BatchLimits NO_MORE = new BatchLimits(0, 0, Duration.ZERO);

    /** Whether a batch of this many files and bytes is complete. */
    public boolean reachedBy(long batchFiles, long batchBytes) {
        return batchFiles >= files || batchBytes >= bytes;
    }
}
