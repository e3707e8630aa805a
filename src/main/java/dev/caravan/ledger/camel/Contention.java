package dev.caravan.ledger.camel;

import dev.caravan.batch.Batch;

/**
 * Which of a key's open batches this instance adds to: the one that all instances share; or, while they are in each other's way there, one for
 * itself. Fewer batches are better while few files come, fewer refused writes while many do.
 */
final class Contention {
    /** A clash weighs as much as so many writes that found the batch as it was seen. */
    private static final int CLASH = 3;

    private static final int TOO_MUCH = 3 * CLASH;

    private final String own;
    private volatile String shard = Batch.SHARED;
    private int weight;

    /** @param instance the name that this instance has in the ledger */
    Contention(String instance) {
        own = instance.replace('#', '-');
    }

    String shard() {
        return shard;
    }

    /** Somebody else has changed the batch: in a batch of one's own, an operator, or whoever found it overdue. */
    void clashed() {
        if (shard.equals(Batch.SHARED)) {
            weight += CLASH;
            shard = weight >= TOO_MUCH ? own : Batch.SHARED;
        } else {
            overdue();
        }
    }

    /** The batch was as it was seen. */
    void written() {
        weight = Math.max(0, weight - 1);
    }

    /** Back to the batch of all: an own one that isn't full in time means that files are few. */
    void overdue() {
        if (!shard.equals(Batch.SHARED)) {
            shard = Batch.SHARED;
            weight = 0;
        }
    }
}
