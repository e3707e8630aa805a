package dev.caravan.redshift.admission;

import dev.caravan.base.Quantity;
import dev.caravan.ledger.ClusterHolds.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log that a cluster is held, and that it takes loads again, each once, whoever has found it out. */
final class HoldLog {
    private static final Logger LOG = LoggerFactory.getLogger(Clusters.class);

    /** The held clusters of which the log has said so: by whom this instance finds out, or by others, before its start as well. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** The clusters whose hold this instance is about to end, and to say so. */
    private final Set<String> releasing = ConcurrentHashMap.newKeySet();

    void notAgain(String cluster, String batch) {
        LOG.warn("Cluster {} is not held again because of batch {}: others are loaded", cluster, batch);
    }

    /**
     * The log says so here, or, if another instance was faster, when the holds are read.
     *
     * @param hold holds the cluster; whether that begins the hold
     * @return the same
     */
    boolean begins(String cluster, String reason, boolean hereOnly, BooleanSupplier hold) {
        boolean first = told.add(cluster);
        boolean begins = false;
        try {
            begins = hold.getAsBoolean();
        } finally {
            if (first && !begins) {
                told.remove(cluster);
            }
        }
        if (begins) {
            LOG.warn(
                    hereOnly
                            ? "Cluster {} doesn't let this instance in: {}. Its loads wait for other instances, and one at a time tries whether it is let in"
                            : "Cluster {} is held: {}. Its loads wait, and one at a time tries whether it is back",
                    cluster,
                    reason);
        }
        return begins;
    }

    /** What happens meanwhile is said by {@link #released}. */
    void releasing(String cluster, Runnable release) {
        releasing.add(cluster);
        try {
            release.run();
        } finally {
            releasing.remove(cluster);
        }
    }

    void released(Hold hold, Instant now) {
        LOG.info(
                hold.hereOnly()
                        ? "Cluster {} lets this instance in again after {}; what has waited for it is loaded now, oldest first"
                        : "Cluster {} takes loads again after {}; what has waited for it is loaded now, oldest first",
                hold.cluster(),
                Quantity.inWords(Duration.between(hold.since(), now)));
    }

    /** A hold that was read before isn't there any more. */
    void over(String cluster) {
        if (told.remove(cluster) && !releasing.contains(cluster)) {
            LOG.info("Cluster {} takes loads again, as another instance has found", cluster);
        }
    }

    /** A hold was read. */
    void known(Hold hold) {
        if (told.add(hold.cluster())) {
            LOG.warn(
                    "C{}. Its loads wait, and one at a time tries whether it is back",
                    hold.inWords().substring(1));
        }
    }
}
