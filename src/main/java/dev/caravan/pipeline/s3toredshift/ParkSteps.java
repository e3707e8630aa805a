package dev.caravan.pipeline.s3toredshift;

import dev.caravan.base.SentText;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of route {@code park}. */
public final class ParkSteps {
    private static final Logger LOG = LoggerFactory.getLogger(ParkSteps.class);
    private static final String NO_REASON = "no reason was given";
    private static final int LONGEST_REASON = 8_000;

    /**
     * Bytes of a message with its attributes that every queue takes: more than
     * <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">256 KiB</a> only a queue that allows it.
     */
    private static final int MESSAGE = 262_144;

    private static final int NAME_AND_TYPE = "reasonString".length();
    private static final int SHORTEST_REASON = 20;

    /** Leaves the body as it came, and says why it is parked in message attribute {@code reason}, unless it is so long that there is no room. */
    public void reason(Exchange exchange) {
        Throwable caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        String why = caught == null || caught.getMessage() == null ? NO_REASON : caught.getMessage();
        Message message = exchange.getMessage();
        // The receipt handle is what the received message is deleted by when its exchange is done.
        message.removeHeaders("*", Sqs2Constants.RECEIPT_HANDLE);
        String body = SentText.body(message.getBody(String.class));
        message.setBody(body);
        int room = Math.min(LONGEST_REASON, MESSAGE - SentText.bytes(body) - NAME_AND_TYPE);
        if (room >= SHORTEST_REASON) {
            message.setHeader("reason", SentText.attribute(why, room, NO_REASON));
        }
        LOG.warn("Parked an event in the dead-letter queue: {}", why);
    }
}
