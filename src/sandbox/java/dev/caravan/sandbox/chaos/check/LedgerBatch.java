package dev.caravan.sandbox.chaos.check;

import java.time.Instant;

/**
 * A batch as the ledger's table has it.
 *
 * @param owner empty if nobody works on it
 * @param time when it is due, or its lease runs out
 * @param reason why it waits or failed; empty if it doesn't
 */
public record LedgerBatch(String id, String status, int files, int attempt, String owner, Instant time, String reason) {
    boolean isLive() {
        return status.equals("open") || status.equals("locked");
    }

    public boolean isPostponed(Instant now) {
        return status.equals("locked") && owner.isEmpty() && now.isBefore(time);
    }

    @Override
    public String toString() {
        return "batch %s is %s after attempt %d%s"
                .formatted(id, status, attempt, reason.isEmpty() ? "" : ": " + reason);
    }
}
