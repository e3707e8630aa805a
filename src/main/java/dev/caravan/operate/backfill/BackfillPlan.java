package dev.caravan.operate.backfill;

import java.time.Duration;

/**
 * What a backfill would do.
 *
 * @param files files that the ledger doesn't know
 * @param bytes of these
 * @param batches that these make by themselves, by the feed's limits
 * @param known files that the ledger knows, which are left out
 * @param forgotten objects that are older than the ledger's memory, so that it may have had them loaded and forgotten it; left out unless they were asked for
 * @param archived objects in GLACIER or DEEP_ARCHIVE, which are left out: they must be restored first
 */
public record BackfillPlan(long files, long bytes, long batches, long known, long forgotten, long archived) {

    /** How long sending takes. */
    public Duration at(double filesPerSecond) {
        return Duration.ofMillis((long) Math.ceil(files * 1000.0 / filesPerSecond));
    }
}
