package dev.caravan.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which clusters take no loads for now: known to all instances, so that one load at a time finds out whether a cluster is back. Failures
 * are a {@link LedgerUnavailable}, as in {@link Ledger}.
 */
public interface ClusterHolds {

    /** All holds, read consistently. */
    List<Hold> all();

    /**
     * Holds a cluster: its first probe is due soon. If the batch was the probe of a cluster that is held already, the next one is due after
     * twice the pause; what other loads find out changes nothing.
     *
     * @param reason the cluster's words
     * @param batch the id of the batch whose load found out
     * @return whether the cluster was not held before
     */
    boolean holdCluster(String cluster, String reason, String batch);

    /** Makes a batch the probe of a held cluster, if none is due later and no other batch was faster. */
    boolean probeCluster(String cluster, String batch);

    /**
     * Ends a hold.
     *
     * @param batch the id of the batch whose load found that the cluster works
     * @return the hold; empty if there was none, or if another batch's load is trying just now, which then ends it
     */
    Optional<Hold> releaseCluster(String cluster, String batch);

    /**
     * A cluster that takes no loads for now.
     *
     * @param cluster its name
     * @param since when the hold began
     * @param until when the next probe is due
     * @param reason the cluster's words
     * @param failedProbes how many probes have found it so since
     */
    record Hold(String cluster, Instant since, Instant until, String reason, int failedProbes) {
        /** As it begins. */
        public Hold(String cluster, Instant since, Instant until, String reason) {
            this(cluster, since, until, reason, 0);
        }
    }
}
