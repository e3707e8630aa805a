package dev.caravan.operate.backfill;

import java.time.Duration;
import java.time.Instant;

/**
 * What the ledger remembers. It forgets a file {@code caravan.ledger.keep} after it took it, or was told by an import that another loader has loaded it;
 * so of an object that is older than that, nobody can tell whether it was loaded.
 *
 * @param since objects from then on are remembered if they were taken
 */
public record Memory(Instant since) {

    /** @param keep how long the ledger remembers a file */
    public static Memory of(Duration keep, Instant now) {
        return new Memory(now.minus(keep));
    }

    /** Whether an object that the ledger doesn't know was never taken, rather than forgotten. */
    public boolean covers(Instant created) {
        return !created.isBefore(since);
    }
}
