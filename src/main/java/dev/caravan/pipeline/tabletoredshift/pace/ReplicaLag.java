package dev.caravan.pipeline.tabletoredshift.pace;

import java.time.Duration;

/** How far a source is behind the server that it replicates from. */
sealed interface ReplicaLag {
    /** It replicates from nobody, as far as it says. */
    record NoReplica() implements ReplicaLag {}

    /** @param grant what would let the user know */
    record Denied(String grant) implements ReplicaLag {}

    /** It doesn't go on, and can't say. */
    record Unknown() implements ReplicaLag {}

    /** Of several servers, the one that it is behind by most. */
    record Behind(Duration by) implements ReplicaLag {}
}
