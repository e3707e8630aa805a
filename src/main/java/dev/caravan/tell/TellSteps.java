package dev.caravan.tell;

import dev.caravan.base.Troubles;
import dev.caravan.batch.ExchangeProperties;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.sns.Sns2Constants;
import org.apache.camel.component.http.HttpConstants;

/** Steps of route {@code tell}, and of {@code announce} before it: a message goes to SNS and to the webhook. */
public final class TellSteps {
    private static final String ID = "announcement";
    private static final int REMEMBERED = 1_000;

    private final Troubles troubles;
    private final String clusterTopic;
    private final Webhook webhook;
    private final Set<String> told = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    /** @param clusterTopic the topic that hears of clusters; empty for none */
    public TellSteps(Troubles troubles, String clusterTopic, Webhook webhook) {
        this.troubles = troubles;
        this.clusterTopic = clusterTopic;
        this.webhook = webhook;
    }

    /** What happened to a cluster, as a message for the topic of failures. */
    public String announcement(Announcement announcement, Exchange exchange) {
        if (!clusterTopic.isEmpty()) {
            exchange.setProperty(ExchangeProperties.TOPIC, clusterTopic);
        }
        return prepare(announcement, exchange);
    }

    /** The message's body; its subject, and what SNS' subscribers may filter by, as headers. */
    public static String prepare(Announcement announcement, Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Sns2Constants.SUBJECT, announcement.subject());
        message.setHeader("what", announcement.what());
        message.setHeader("severity", announcement.severity().word());
        exchange.setProperty(ID, announcement.id());
        return announcement.body();
    }

    /** Whether the topics are still to be told: a message that only the webhook has refused is not sent to them again by this instance. */
    public boolean isNews(Exchange exchange) {
        exchange.setProperty(ExchangeProperties.SERVICE, Troubles.SNS);
        return !told.contains(exchange.getProperty(ID, String.class));
    }

    /** Notes that the topics are told. */
    public void topicsTold(Exchange exchange) {
        told.add(exchange.getProperty(ID, String.class));
        troubles.over(Troubles.SNS, "what has waited is tried again when its pause is over");
    }

    /** Whether there is a webhook. */
    public boolean hasWebhook() {
        return webhook.url().isPresent();
    }

    /** Makes the message an HTTP request. The address and the secret are in headers, so that no endpoint's name shows them. */
    public void request(Exchange exchange) {
        exchange.setProperty(ExchangeProperties.SERVICE, Troubles.WEBHOOK);
        Message message = exchange.getMessage();
        message.setHeader(HttpConstants.HTTP_METHOD, "POST");
        message.setHeader(HttpConstants.CONTENT_TYPE, "application/json; charset=utf-8");
        message.setHeader(HttpConstants.HTTP_URI, webhook.url().orElseThrow());
        webhook.authorization().ifPresent(secret -> message.setHeader("Authorization", secret));
    }

    /**
     * Looks at what the webhook answered.
     *
     * @throws IOException if that was no success
     */
    public void answer(Exchange exchange) throws IOException {
        int code = exchange.getMessage().getHeader(HttpConstants.HTTP_RESPONSE_CODE, 0, Integer.class);
        exchange.getMessage().removeHeader("Authorization");
        if (code < 200 || code > 299) {
            throw new IOException("it answered with status " + code + " (caravan.webhook-url)");
        }
        troubles.over(Troubles.WEBHOOK, "what has waited is tried again when its pause is over");
    }

    /**
     * Where messages are posted.
     *
     * @param url its address, which may be a secret itself; empty if there is none
     * @param authorization the value of the header {@code Authorization}; empty for none
     */
    public record Webhook(Optional<String> url, Optional<String> authorization) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return url.isPresent() ? "a webhook" : "no webhook";
        }
    }
}
