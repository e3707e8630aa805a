package dev.caravan.steps;

import dev.caravan.batch.Batch;
import dev.caravan.copy.CopyFailure;
import dev.caravan.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code errors.camel.yaml} asks about a failure, and the way back into the ledger for a batch that is to be retried. */
public final class Retries {
    /** Exchange property: the failure that is being handled, kept while others may happen. */
    private static final String FAILURE = "failure";

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final Clock clock;
    private final Duration retryFor;

    /** @param retryFor how long after it was locked a batch is retried */
    public Retries(Ledger ledger, Clock clock, Duration retryFor) {
        this.ledger = ledger;
        this.clock = clock;
        this.retryFor = retryFor;
    }

    /** The batch's row stands in the cluster's ledger table: an earlier attempt was committed. */
    public boolean isLoadedAlready(Exchange exchange) {
        return failure(exchange).kind() == CopyFailure.Kind.ALREADY_LOADED;
    }

    /** The failure may pass by itself, and there is time left to wait for that. */
    public boolean mayPass(Exchange exchange) {
        return failure(exchange).kind() == CopyFailure.Kind.PASSING
                && clock.instant().isBefore(started(exchange).plus(retryFor));
    }

    /** Rows or files that the cluster can't read. */
    public boolean isBadData(Exchange exchange) {
        return failure(exchange).kind() == CopyFailure.Kind.BAD_DATA;
    }

    /** Notes why the batch isn't in a cluster yet; route {@code load} gives it up once its other clusters are done. */
    public void note(Exchange exchange) {
        ledger.note(LoadSteps.batchOf(exchange), failure(exchange).reason());
    }

    /** Gives the batch up for a pause that grows with its attempts; then any instance takes it over. */
    public void postpone(Exchange exchange) {
        Batch batch = LoadSteps.batchOf(exchange);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(10, Math.max(0, batch.attempt() - 1)));
        Duration capped = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        Instant until = clock.instant().plus(capped);
        Throwable caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        String reason = caught instanceof NotYetLoaded waiting
                ? waiting.reason()
                : failure(exchange).reason();
        ledger.postpone(batch, until, reason);
        LOG.warn("Batch {} (attempt {}) waits until {}: {}", batch.id(), batch.attempt(), until, reason);
    }

    static CopyFailure failure(Exchange exchange) {
        Throwable first = exchange.getProperty(FAILURE, Throwable.class);
        Throwable caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        return CopyFailure.of(first != null ? first : caught);
    }

    private Instant started(Exchange exchange) {
        return LoadSteps.batchOf(exchange).locked().orElseGet(clock::instant);
    }
}
