package dev.caravan.ledger;

import java.time.Duration;

/**
 * How this instance keeps the ledger.
 *
 * @param tablePrefix the tables are named {@code <prefix>-files}, {@code <prefix>-batches} and {@code <prefix>-entries}
 * @param owner this process, unlike any other that runs or ran
 * @param lease how long a locked batch stays this instance's without a heartbeat; others take it over after that
 * @param keep how long items are kept after they were written (DynamoDB's time to live)
 */
public record LedgerSettings(String tablePrefix, String owner, Duration lease, Duration keep) {

    public String files() {
        return tablePrefix + "-files";
    }

    public String batches() {
        return tablePrefix + "-batches";
    }

    public String entries() {
        return tablePrefix + "-entries";
    }
}
