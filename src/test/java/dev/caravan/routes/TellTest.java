package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.LogOf;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Ledger;
import dev.caravan.sandbox.SharedSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;

/** People hear of batches and clusters, by SNS and by the webhook, and by neither twice for nothing. */
class TellTest extends LoadingTest {
    private static final String SECRET = "Bearer kept-to-itself";

    private final Webhook webhook = Webhook.start();

    @AfterEach
    void close() {
        webhook.close();
    }

    @Test
    void aWebhookThatRefusesIsAskedAgainUntilItTakesTheMessage_whileSnsIsToldOnce() throws Exception {
        webhook.refuse(4); // three times, and once after the pause
        Ledger ledger = launch(pipeline("batchSize", "1")
                        .with("caravan.webhook-url", webhook.url("http"))
                        .with("caravan.webhook-authorization", SECRET))
                .ledger();
        try (LogOf log = LogOf.messages("")) {
            put("web/a.csv", "1,a\n");
            await().until(() -> !webhook.refused().isEmpty());
            await().until(() -> batch(ledger, "web/a.csv").reason().contains("trouble with the webhook"));
            assertThat(batch(ledger, "web/a.csv").reason())
                    .contains("it answered with status 500 (caravan.webhook-url)");
            await().until(() -> batch(ledger, "web/a.csv").status() == BatchStatus.COMPLETE);
            assertThat(log.lines("trouble with the webhook")).isNotEmpty();
            assertThat(log.lines("kept-to-itself")).isEmpty();
            assertThat(log.lines("in-the-url")).isEmpty();
        }
        List<Message> told = SharedSandbox.get()
                .sqs()
                .receiveMessage(r -> r.queueUrl(landing.loadedQueueUrl())
                        .maxNumberOfMessages(10)
                        .waitTimeSeconds(1))
                .messages();
        assertThat(told).hasSize(1);
        JsonNode envelope = JSON.readTree(told.get(0).body());
        assertThat(envelope.at("/MessageAttributes/severity/Value").asText()).isEqualTo("info");
        assertThat(envelope.at("/MessageAttributes/what/Value").asText()).isEqualTo("loaded");

        assertThat(webhook.posts()).hasSize(1);
        Webhook.Post post = webhook.posts().get(0);
        assertThat(post.path()).isEqualTo("/hooks/caravan?key=in-the-url");
        assertThat(post.authorization()).isEqualTo(SECRET);
        assertThat(post.contentType()).startsWith("application/json");
        JsonNode posted = JSON.readTree(post.body());
        JsonNode published = JSON.readTree(envelope.path("Message").asText());
        assertThat(posted.path("batchId")).isEqualTo(published.path("batchId"));
        assertThat(posted.path("severity").asText()).isEqualTo("info");
        assertThat(posted.path("clusters")).isEqualTo(published.path("clusters"));
    }

    @Test
    void aHoldAndItsEndAreToldOnceByAllInstancesTogether() throws Exception {
        SharedSandbox.get().redshift().faults().add("resize match=COPY forever");
        for (int i = 0; i < 2; i++) {
            launch(pipeline("batchSize", "1").with("caravan.webhook-url", webhook.url("http")));
        }
        for (int i = 1; i <= 6; i++) {
            put("web/" + i + ".csv", i + ",x\n");
        }
        JsonNode held = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(held.path("what").asText()).isEqualTo("held");
        assertThat(held.path("severity").asText()).isEqualTo("warning");
        assertThat(held.path("cluster").asText()).isEqualTo("redshift");
        assertThat(held.path("reason").asText()).contains("resize mode");
        SharedSandbox.get().redshift().faults().clear();
        messages(landing.loadedQueueUrl(), 6);
        JsonNode recovered = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(recovered.path("what").asText()).isEqualTo("recovered");
        assertThat(recovered.path("severity").asText()).isEqualTo("info");
        assertThat(recovered.path("millis").asLong()).isPositive();
        await().during(Duration.ofMillis(500)).until(() -> clusterNews().equals(List.of("held", "recovered")));
    }

    @Test
    void aWebhookWhoseCertificateIsNotTrustedHearsNothing(@TempDir Path folder) throws Exception {
        try (Webhook stranger = Webhook.startSelfSigned(folder)) {
            Ledger ledger = launch(pipeline("batchSize", "1").with("caravan.webhook-url", stranger.url("https")))
                    .ledger();
            put("web/a.csv", "1,a\n");
            await().until(() -> batch(ledger, "web/a.csv").reason().contains("trouble with the webhook"));
            assertThat(batch(ledger, "web/a.csv").reason())
                    .contains("PKIX path building failed")
                    .doesNotContain("in-the-url");
            assertThat(stranger.posts()).isEmpty();
        }
    }

    /** Camel's HTTP client would hand on the secret if it went where it is sent (CVE-2026-85251): it doesn't go. */
    @Test
    void aWebhookThatSendsElsewhereIsNotFollowed_andTheSecretIsNotGivenAway() throws Exception {
        try (Webhook elsewhere = Webhook.start()) {
            webhook.redirect(elsewhere.url("http"), 301, 302, 303, 307, 308);
            Ledger ledger = launch(pipeline("batchSize", "1")
                            .with("caravan.webhook-url", webhook.url("http"))
                            .with("caravan.webhook-authorization", SECRET))
                    .ledger();
            put("web/a.csv", "1,a\n");
            await().until(() -> batch(ledger, "web/a.csv").reason().contains("trouble with the webhook"));
            assertThat(batch(ledger, "web/a.csv").reason())
                    .contains("it answered with status 303 (caravan.webhook-url)");
            await().until(() -> batch(ledger, "web/a.csv").status() == BatchStatus.COMPLETE);
            assertThat(webhook.refused()).hasSize(5);
            assertThat(webhook.posts()).hasSize(1);
            assertThat(elsewhere.posts()).isEmpty();
            assertThat(elsewhere.refused()).isEmpty();
        }
    }

    private List<String> clusterNews() throws Exception {
        List<String> news = new ArrayList<>();
        for (Webhook.Post post : webhook.posts()) {
            String what = JSON.readTree(post.body()).path("what").asText();
            if (!what.equals("loaded")) {
                news.add(what);
            }
        }
        return news;
    }
}
