package dev.caravan.steps;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of route {@code park}. */
public final class ParkSteps {
    private static final Logger LOG = LoggerFactory.getLogger(ParkSteps.class);

    /** Leaves the body as it came, and says why it is parked in message attribute {@code reason}. */
    public void reason(Exchange exchange) {
        Throwable caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        String reason = caught == null ? "no reason was given" : String.valueOf(caught.getMessage());
        Message message = exchange.getMessage();
        // The receipt handle is what the received message is deleted by when its exchange is done.
        message.removeHeaders("*", Sqs2Constants.RECEIPT_HANDLE);
        message.setHeader("reason", reason);
        LOG.warn("Parked an event in the dead-letter queue: {}", reason);
    }
}
