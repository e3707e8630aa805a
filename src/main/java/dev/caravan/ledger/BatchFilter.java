package dev.caravan.ledger;

import dev.caravan.batch.BatchStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which batches are meant.
 *
 * @param feed only this feed's; empty for every feed's
 * @param statuses only with one of these
 * @param since only those that came to be then or later
 * @param until only those that came to be before
 */
public record BatchFilter(Optional<String> feed, Set<BatchStatus> statuses, Instant since, Instant until) {

    /** Every batch of every feed. */
    public static BatchFilter all() {
        return new BatchFilter(Optional.empty(), Set.of(BatchStatus.values()), Instant.EPOCH, Instant.MAX);
    }

    public BatchFilter of(String onlyFeed) {
        return new BatchFilter(Optional.of(onlyFeed), statuses, since, until);
    }

    public BatchFilter with(Set<BatchStatus> only) {
        return new BatchFilter(feed, only, since, until);
    }

    /** @param from the earliest, {@code to} after the latest */
    public BatchFilter between(Instant from, Instant to) {
        return new BatchFilter(feed, statuses, from, to);
    }

    public boolean fits(BatchRecord record) {
        Instant first = record.batch().first();
        return statuses.contains(record.batch().status()) && !first.isBefore(since) && first.isBefore(until);
    }
}
