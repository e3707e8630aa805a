package dev.caravan.redshift.admission;

import dev.caravan.ledger.ClusterHolds.Hold;
import java.time.Instant;

/**
 * Hears of holds from the instance that began or ended one: of all instances, from one. Called by the thread of a load: must be quick and must not
 * throw.
 */
public interface HoldListener {

    /** A cluster takes no loads from now on. */
    void held(Hold hold);

    /** A cluster takes loads again. */
    void recovered(Hold hold, Instant ended);
}
