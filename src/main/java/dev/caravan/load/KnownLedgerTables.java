package dev.caravan.load;

import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.redshift.failure.CopyFailure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger tables of which this instance knows that their clusters have them. */
public final class KnownLedgerTables {
    private static final Logger LOG = LoggerFactory.getLogger(KnownLedgerTables.class);
    private static final String UNCERTAIN = "maybeLoaded";

    private final CopyStatement statement;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    public KnownLedgerTables(CopyStatement statement) {
        this.statement = statement;
    }

    /** Of the cluster that is copied into, for the feed's table. */
    boolean has(Exchange exchange) {
        return known.contains(name(exchange));
    }

    void add(Exchange exchange) {
        known.add(name(exchange));
    }

    /**
     * Whether the cluster has lost its ledger table, which this instance knew: it was restored to a time before. The table is made again, and the batch tried again, unless an
     * earlier attempt may have loaded it: of that only the lost table knew.
     */
    boolean lost(Exception thrown, Exchange exchange) {
        CopyFailure failure = Retries.judged(thrown, exchange);
        String name = statement.ledgerTable(Attempt.target(exchange).table()).replace("\"", "");
        String said = failure.problem().replace("\"", "");
        String state = failure.sqlState();
        boolean lost = (state.equals("42P01") && said.contains(name))
                || (state.equals("3F000") && said.contains(name.substring(0, name.indexOf('.'))));
        if (!lost || !known.remove(name(exchange))) {
            return false;
        }
        LOG.warn(
                "Cluster {} has lost {}, which is made again: was it restored? Batches that it was loaded with since may be missing"
                        + " (caravan reconcile shows them)",
                CopySteps.cluster(exchange),
                name);
        boolean tried = Attempt.wasTriedBefore(exchange)
                || exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class) > 0;
        exchange.setProperty(UNCERTAIN, tried);
        return !tried;
    }

    /** Whether a lost table knew alone whether the batch is loaded. */
    static boolean isUncertain(Exchange exchange) {
        return exchange.getProperty(UNCERTAIN, false, Boolean.class);
    }

    private String name(Exchange exchange) {
        return CopySteps.cluster(exchange) + " "
                + statement.ledgerTable(Attempt.target(exchange).table())
                + (Attempt.batchOf(exchange).progress().isPresent() ? " and progress" : "");
    }
}
