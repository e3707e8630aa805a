package dev.caravan.ledger;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the ledger knows of a batch, for people.
 *
 * @param batch the batch
 * @param owner the instance that works on it; empty if none does
 * @param time when it ended; else when it wants attention: when it is due, its lease is over, or its pause
 * @param heldFor the list in which it waits ({@link WaitingList}); empty if it waits in none
 * @param completedBy what completed it, in Camel's words; empty while open
 * @param history what happened since it was locked, oldest first; of many events, the first and the latest
 */
public record BatchRecord(
        Batch batch,
        Optional<String> owner,
        Instant time,
        Optional<String> heldFor,
        String completedBy,
        List<BatchEvent> history) {

    /** When it ended; empty while it is open or locked. */
    public Optional<Instant> ended() {
        boolean live = batch.status() == BatchStatus.OPEN || batch.status() == BatchStatus.LOCKED;
        return live ? Optional.empty() : Optional.of(time);
    }
}
