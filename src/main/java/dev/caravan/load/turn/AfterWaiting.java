package dev.caravan.load.turn;

import dev.caravan.batch.Batch;
import dev.caravan.ledger.Ledger;
import dev.caravan.redshift.admission.Clusters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has changed while a batch waited for its turn, minutes perhaps: its cluster may be held, its feed paused, a window without loads may have begun,
 * another instance may have taken it over.
 */
public record AfterWaiting(Clusters clusters, Ledger ledger) implements Turns.StillWanted {
    private static final Logger LOG = LoggerFactory.getLogger(AfterWaiting.class);

    @Override
    public boolean in(String cluster, Batch batch) {
        try {
            if (!clusters.stillAdmits(cluster, batch)) {
                return false;
            }
            ledger.renew(batch.id());
            return true;
        } catch (RuntimeException e) {
            LOG.warn("Batch {} does not begin in cluster {}: {}", batch.id(), cluster, e.getMessage());
            return false;
        }
    }
}
