package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.model.Message;

@ExtendWith(SandboxExtension.class)
class SnsTest {
    private static final MessageAttributeValue FEED = MessageAttributeValue.builder()
            .dataType("String")
            .stringValue("web")
            .build();
    private static int tests;

    private final SnsClient sns;
    private final Landing landing;
    private final Inbox loaded;
    private final Inbox failed;

    SnsTest(Sandbox sandbox) {
        sns = sandbox.sns();
        landing = sandbox.landing("sns-" + tests++);
        loaded = new Inbox(sandbox.sqs(), landing.loadedQueueUrl());
        failed = new Inbox(sandbox.sqs(), landing.failedQueueUrl());
    }

    @Test
    void aMessageReachesEveryQueueOfItsTopicInAnEnvelope() {
        subscribe(landing.failedQueueUrl(), Map.of());

        String id = sns.publish(r -> r.topicArn(landing.loadedTopicArn())
                        .subject("Loaded")
                        .message("a & <b> \"ü\"")
                        .messageAttributes(Map.of("feed", FEED)))
                .messageId();

        for (Inbox inbox : List.of(loaded, failed)) {
            JsonNode envelope = Inbox.json(inbox.drain().get(0).body());
            assertThat(envelope.path("Type").asText()).isEqualTo("Notification");
            assertThat(envelope.path("MessageId").asText()).isEqualTo(id);
            assertThat(envelope.path("TopicArn").asText()).isEqualTo(landing.loadedTopicArn());
            assertThat(envelope.path("Subject").asText()).isEqualTo("Loaded");
            assertThat(envelope.path("Message").asText()).isEqualTo("a & <b> \"ü\"");
            assertThat(envelope.at("/MessageAttributes/feed/Value").asText()).isEqualTo("web");
        }
    }

    @Test
    void rawDeliveryIsTheMessageItselfWithItsAttributes() {
        subscribe(landing.failedQueueUrl(), Map.of("RawMessageDelivery", "true"));

        sns.publish(r -> r.topicArn(landing.loadedTopicArn())
                .message("{\"plain\":true}")
                .messageAttributes(Map.of("feed", FEED)));

        Message message = failed.drain().get(0);
        assertThat(message.body()).isEqualTo("{\"plain\":true}");
        assertThat(message.messageAttributes())
                .hasEntrySatisfying(
                        "feed", feed -> assertThat(feed.stringValue()).isEqualTo("web"));
    }

    @Test
    void aBatchIsThatManyMessagesAndNamesItsFailures() {
        var response = sns.publishBatch(r -> r.topicArn(landing.loadedTopicArn())
                .publishBatchRequestEntries(
                        PublishBatchRequestEntry.builder()
                                .id("1")
                                .message("one")
                                .build(),
                        PublishBatchRequestEntry.builder()
                                .id("2")
                                .message("two")
                                .subject("x".repeat(101))
                                .build(),
                        PublishBatchRequestEntry.builder()
                                .id("3")
                                .message("three")
                                .build()));

        assertThat(response.successful()).extracting(e -> e.id()).containsExactly("1", "3");
        assertThat(response.failed()).extracting(e -> e.id()).containsExactly("2");
        assertThat(loaded.drain()).hasSize(2);
    }

    @Test
    void unsubscribedQueuesGetNothing() {
        String arn = sns.listSubscriptionsByTopic(r -> r.topicArn(landing.loadedTopicArn()))
                .subscriptions()
                .get(0)
                .subscriptionArn();

        sns.unsubscribe(r -> r.subscriptionArn(arn));
        sns.publish(r -> r.topicArn(landing.loadedTopicArn()).message("unheard"));

        assertThat(loaded.drain()).isEmpty();
    }

    @Test
    void anHttpSubscriberGetsMessagesOnceItHasConfirmed() throws IOException {
        List<JsonNode> received = new CopyOnWriteArrayList<>();
        HttpServer endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", exchange -> {
            received.add(Inbox.json(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        endpoint.start();
        try {
            sns.subscribe(r -> r.topicArn(landing.loadedTopicArn())
                    .protocol("http")
                    .endpoint("http://localhost:" + endpoint.getAddress().getPort() + "/"));
            await().until(() -> received.size() == 1);
            assertThat(received.get(0).path("Type").asText()).isEqualTo("SubscriptionConfirmation");

            sns.publish(r -> r.topicArn(landing.loadedTopicArn()).message("too early"));
            visit(received.get(0).path("SubscribeURL").asText());
            sns.publish(r -> r.topicArn(landing.loadedTopicArn()).message("hello"));

            await().until(() -> received.size() == 2);
            assertThat(received.get(1).path("Message").asText()).isEqualTo("hello");
        } finally {
            endpoint.stop(0);
        }
    }

    @Test
    void whatTheSandboxCannotDoIsRefused() {
        assertThatThrownBy(() -> subscribe(landing.failedQueueUrl(), Map.of("FilterPolicy", "{}")))
                .isInstanceOf(SnsException.class)
                .hasMessageContaining("no filter policies");
        assertThatThrownBy(() -> sns.publish(
                        r -> r.topicArn(landing.loadedTopicArn() + "-absent").message("x")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void aFifoTopicWantsAGroup_asSnsDoes() {
        assertThatThrownBy(() -> sns.createTopic(r -> r.name("orders.fifo")))
                .isInstanceOf(SnsException.class)
                .hasMessageContaining("Invalid parameter: Topic Name");
        String fifo = sns.createTopic(r -> r.name("orders.fifo").attributes(Map.of("FifoTopic", "true")))
                .topicArn();
        assertThatThrownBy(() -> sns.publish(r -> r.topicArn(fifo).message("x")))
                .hasMessageContaining("Invalid parameter: The MessageGroupId parameter is required for FIFO topics");
        assertThatThrownBy(() -> sns.publish(r -> r.topicArn(fifo).message("x").messageGroupId("g")))
                .hasMessageContaining("ContentBasedDeduplication");
        assertThat(sns.publish(r -> r.topicArn(fifo)
                                .message("x")
                                .messageGroupId("g")
                                .messageDeduplicationId("1"))
                        .messageId())
                .isNotEmpty();
    }

    private void subscribe(String queueUrl, Map<String, String> attributes) {
        String name = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
        sns.subscribe(r -> r.topicArn(landing.loadedTopicArn())
                .protocol("sqs")
                .endpoint("arn:aws:sqs:%s:%s:%s".formatted(Sandbox.REGION, Sandbox.ACCOUNT, name))
                .attributes(attributes));
    }

    private static void visit(String url) {
        try {
            HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
