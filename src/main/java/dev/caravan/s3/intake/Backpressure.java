package dev.caravan.s3.intake;

import dev.caravan.base.Troubles;
import dev.caravan.ledger.LedgerUnavailable;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.throttling.ThrottlingExceptionHalfOpenHandler;
import org.apache.camel.throttling.ThrottlingExceptionRoutePolicy;
import org.apache.camel.util.ObjectHelper;

/**
 * Stops receiving while the ledger can't be written, so that events wait in the queue instead of using up their receives; looks every few
 * seconds whether it can be written again. What was in hand comes again when its visibility timeout is over.
 */
public final class Backpressure extends ThrottlingExceptionRoutePolicy {
    private static final long LOOK_MILLIS = 5_000;

    private final Troubles troubles;

    private volatile String words = "DynamoDB can't be reached or goes on refusing";

    /** @param look throws while the ledger can't be written */
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

    /** What was refused comes before the circuit's opening. */
    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        LedgerUnavailable refused = ObjectHelper.getException(LedgerUnavailable.class, exchange.getException());
        if (refused != null) {
            words = String.valueOf(refused.getMessage());
        }
        super.onExchangeDone(route, exchange);
    }

    @Override
    protected void openCircuit(Route route) {
        super.openCircuit(route);
        troubles.beginLasting(Troubles.LEDGER, words + ". Events wait in the queue");
    }

    @Override
    protected void closeCircuit(Route route) {
        super.closeCircuit(route);
        troubles.endLasting(Troubles.LEDGER, "events are received again");
    }
}
