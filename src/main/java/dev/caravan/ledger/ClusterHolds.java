package dev.caravan.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which clusters take no loads for now: known to all instances, so that one load at a time finds out whether a cluster is back. Failures
 * are a {@link LedgerUnavailable}, as in {@link Ledger}.
 */
public interface ClusterHolds {

    /** All holds, read consistently. */
    List<Hold> all();

    /** Those that hold this instance: of all, and its own. */
    List<Hold> here();

    /**
     * Holds a cluster: its first probe is due soon. If the batch was the probe of a cluster that is held already, the next one is due after
     * twice the pause; what other loads find out changes nothing.
     *
     * @param reason the cluster's words
     * @param batch the id of the batch whose load found out
     * @param hereOnly whether only this instance is held, because the cluster doesn't let it in
     * @return whether the cluster was not held so before
     */
    boolean holdCluster(String cluster, String reason, String batch, boolean hereOnly);

    /** Holds a cluster for all instances. */
    default boolean holdCluster(String cluster, String reason, String batch) {
        return holdCluster(cluster, reason, batch, false);
    }

    /** Makes a batch the probe of a held cluster, if none is due later and no other batch was faster. */
    boolean probeCluster(Hold hold, String batch);

    /**
     * Ends a cluster's hold, and this instance's own.
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
     * @param instance who found it so, the last time; empty if that isn't known
     * @param hereOnly whether it holds only that instance
     */
    record Hold(
            String cluster,
            Instant since,
            Instant until,
            String reason,
            int failedProbes,
            String instance,
            boolean hereOnly) {

        /** {@code cluster west is held since …: resizing (found by instance a)}. */
        public String inWords() {
            String time = " since " + since.truncatedTo(ChronoUnit.SECONDS) + ": " + reason;
            return hereOnly
                    ? "cluster " + cluster + " doesn't let instance " + instance + " in" + time
                    : "cluster " + cluster + " is held" + time
                            + (instance.isEmpty() ? "" : " (found by instance " + instance + ")");
        }
    }

    /**
     * The holds that hold everybody: those of all, and those of each instance that runs.
     *
     * @param running the names of the instances that run
     */
    static List<Hold> ofEverybody(List<Hold> holds, Set<String> running) {
        return holds.stream()
                .filter(hold -> !hold.hereOnly()
                        || (running.contains(hold.instance())
                                && running.stream()
                                        .allMatch(one -> holds.stream()
                                                .anyMatch(other -> other.cluster()
                                                                .equals(hold.cluster())
                                                        && other.instance().equals(one)))))
                .collect(Collectors.toMap(Hold::cluster, hold -> hold, (one, other) -> one.hereOnly() ? other : one))
                .values()
                .stream()
                .sorted(Comparator.comparing(Hold::cluster))
                .toList();
    }
}
