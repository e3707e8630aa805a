package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import java.time.Duration;

/**
 * How a difference is applied.
 *
 * @param lockTimeout how long a lock is waited for
 * @param foreignRows what becomes of rows that somebody else wrote
 * @param chunk how many rows of a difference one transaction takes; 0 for all of them in one, so that readers see the old snapshot or the new one
 */
public record ApplySettings(Duration lockTimeout, ForeignRows foreignRows, long chunk) {
    /** One transaction, five seconds, nothing of anybody else is touched. */
    public static final ApplySettings DEFAULT = new ApplySettings(Duration.ofSeconds(5), ForeignRows.FAIL, 0);

    /** @throws IllegalArgumentException for a chunk of less than no rows */
    public ApplySettings {
        if (chunk < 0) {
            throw new IllegalArgumentException("chunk = " + chunk + ": a number of rows, or 0 for one transaction");
        }
    }

    public ApplySettings withForeignRows(ForeignRows other) {
        return new ApplySettings(lockTimeout, other, chunk);
    }

    public ApplySettings withChunk(long other) {
        return new ApplySettings(lockTimeout, foreignRows, other);
    }

    public ApplySettings withLockTimeout(Duration other) {
        return new ApplySettings(other, foreignRows, chunk);
    }
}
