package dev.caravan.intake;

import dev.caravan.health.Troubles;
import dev.caravan.ledger.LedgerUnavailable;
import java.util.List;
import org.apache.camel.Route;
import org.apache.camel.throttling.ThrottlingExceptionHalfOpenHandler;
import org.apache.camel.throttling.ThrottlingExceptionRoutePolicy;

/**
 * Stops receiving while the ledger can't be written, so that events wait in the queue instead of using up their receives; looks every few
 * seconds whether it can be read again. What was in hand comes again when its visibility timeout is over.
 */
public final class Backpressure extends ThrottlingExceptionRoutePolicy {
    private static final long LOOK_MILLIS = 5_000;

    private final Troubles troubles;

    /** @param look throws while the ledger can't be read */
    public Backpressure(Troubles troubles, Runnable look) {
        super(1, 60_000, LOOK_MILLIS, List.of(LedgerUnavailable.class));
        this.troubles = troubles;
        ThrottlingExceptionHalfOpenHandler answers = () -> answers(look);
        setHalfOpenHandler(answers);
    }

    private static boolean answers(Runnable look) {
        try {
            look.run();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Asked for with every exchange, to be logged or not. */
    @Override
    public String dumpState() {
        return getStateAsString();
    }

    @Override
    protected void openCircuit(Route route) {
        super.openCircuit(route);
        troubles.begin(Troubles.LEDGER, "DynamoDB can't be reached or goes on refusing. Events wait in the queue");
    }

    @Override
    protected void closeCircuit(Route route) {
        super.closeCircuit(route);
        troubles.over(Troubles.LEDGER, "events are received again");
    }
}
