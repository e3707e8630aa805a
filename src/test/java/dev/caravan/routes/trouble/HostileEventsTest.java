package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Ledger;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.routes.Webhook;
import dev.caravan.sandbox.SharedSandbox;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * What an event says beside its body steers nothing, and what is in a key is never evaluated: the known holes of Camel 4.17 that lead
 * from the queue to its components don't reach Caravan (CVE-2026-46456, CVE-2026-95664, CVE-2026-78164). The shipped route doesn't ask SQS for
 * attributes; neither would they do anything if somebody had it ask.
 */
class HostileEventsTest extends LoadingTest {
    /** SQS takes ten for each message. */
    private static final int ATTRIBUTES = 10;

    private final Webhook webhook = Webhook.start();
    private final Webhook attacker = Webhook.start();
    private String bucket = "";

    @BeforeEach
    void aBucketThatSendsNoEvents() {
        bucket = landing.manifestBucket();
    }

    @AfterEach
    void close() {
        webhook.close();
        attacker.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void attributesOfAnEventAreNotHeaders(boolean asked) throws Exception {
        Ledger ledger = launch(asking(asked, hostile("batchSize", "7", "batchTimeout", "10m")))
                .ledger();
        drop("in/0.csv", "0,innocent\n");
        send(event("in/0.csv"), Map.of());
        List<Map<String, String>> attacks = attacks();
        assertThat(attacks).hasSize(5);
        List<String> expected = new ArrayList<>(List.of("0"));
        for (int i = 1; i <= attacks.size(); i++) {
            drop("in/" + i + ".csv", i + ",x\n");
            send(event("in/" + i + ".csv"), attacks.get(i - 1));
            expected.add(String.valueOf(i));
            assertThat(batchOf(ledger, url(bucket, "in/" + i + ".csv")).status())
                    .isEqualTo(BatchStatus.OPEN);
        }
        drop("in/last.csv", "9,innocent\n");
        send(event("in/last.csv"), Map.of());
        expected.add("9");
        await().until(() -> ids().equals(expected));

        assertThat(batchOf(ledger, url(bucket, "in/0.csv")).files()).isEqualTo(7);
        assertThat(messages(landing.loadedQueueUrl(), 1).get(0).path("status").asText())
                .isEqualTo("complete");
        assertThat(objects()).allMatch(key -> key.startsWith("in/") || key.startsWith("manifests/web/web-"));
        await().until(() -> webhook.posts().size() == 1);
        assertThat(attacker.posts()).isEmpty();
        // Acknowledged by the receipt that SQS gave, not by one that came along.
        await().until(() -> waitingEvents().values().stream().allMatch("0"::equals));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void attributesOfAnUnreadableEventSteerNoParking(boolean asked) {
        launch(asking(asked, hostile("batchSize", "1")));
        List<Map<String, String>> attacks = attacks();
        for (Map<String, String> attack : attacks) {
            send("${camelContext.stop} {{env:PATH}} " + attack.keySet(), attack);
        }
        List<Message> parked = new ArrayList<>();
        await().until(() -> {
            for (Message message : parked()) {
                parked.add(message);
                SharedSandbox.get()
                        .sqs()
                        .deleteMessage(
                                r -> r.queueUrl(landing.deadLetterQueueUrl()).receiptHandle(message.receiptHandle()));
            }
            return parked.size() >= attacks.size();
        });
        assertThat(parked).hasSize(attacks.size()).allSatisfy(message -> {
            assertThat(message.body()).startsWith("${camelContext.stop} {{env:PATH}} ");
            assertThat(message.messageAttributes()).containsOnlyKeys("reason");
        });
        await().until(() -> waitingEvents().values().stream().allMatch("0"::equals));
    }

    @Test
    void whatIsInAKeyIsNeverEvaluated() throws Exception {
        List<String> keys = Stream.of(
                        "${camelContext.stop}",
                        "${bean:ledgerRepository?method=stop}",
                        "${sys.user.home}",
                        "$simple{sys.user.home}",
                        "{{env:PATH}}",
                        "{{caravan.redshift.user}}",
                        "RAW(${env.PATH})",
                        "#{T(java.lang.System).exit(1)}",
                        "${header.CamelAwsSqsReceiptHandle}")
                .map(name -> "in/" + name + ".csv")
                .toList();
        Ledger ledger = launch(
                        hostile("batchSize", String.valueOf(keys.size() + 1), "maxBadFiles", "1", "batchTimeout", "1m"))
                .ledger();
        String bad = "in/${env.PATH}{{env:PATH}}.csv";
        drop(bad, "no number,x\n");
        send(event(bad), Map.of());
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= keys.size(); i++) {
            drop(keys.get(i - 1), i + ",x\n");
            send(event(keys.get(i - 1)), Map.of());
            expected.add(String.valueOf(i));
        }
        await().until(() -> ids().equals(expected));
        assertThat(keys)
                .allSatisfy(key -> assertThat(ledger.known(url(bucket, key))).hasSize(1));
        JsonNode told = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(told.toString()).contains(bad);
        assertThat(objects()).allMatch(key -> key.startsWith("in/") || key.startsWith("manifests/web/web-"));
    }

    private static Pipeline asking(boolean asks, Pipeline pipeline) {
        return asks ? pipeline.with("camel.component.aws2-sqs.messageAttributeNames", "All") : pipeline;
    }

    private Pipeline hostile(String... feedProperties) {
        List<String> all = new ArrayList<>(List.of("prefix", bucket + "/in/"));
        all.addAll(List.of(feedProperties));
        return pipeline(all.toArray(String[]::new)).with("caravan.webhook-url", webhook.url("http"));
    }

    /** Names as Camel has them, and the same in other cases: headers are found without regard to it. */
    private List<Map<String, String>> attacks() {
        Map<String, String> attacks = Map.ofEntries(
                Map.entry("CamelAwsSqsReceiptHandle", "none"),
                Map.entry("CamelAwsSqsOperation", "purgeQueue"),
                Map.entry("CamelAwsSqsPrefix", "x"),
                Map.entry("CamelAwsSqsDelaySeconds", "900"),
                Map.entry("CamelAwsS3Key", "stolen"),
                Map.entry("CamelAwsS3OverrideBucketName", landing.bucket()),
                Map.entry("CamelAwsS3BucketName", landing.bucket()),
                Map.entry("CamelAwsS3Operation", "deleteObject"),
                Map.entry("CamelAwsSnsSubject", "x"),
                Map.entry("CamelHttpUri", attacker.url("http")),
                Map.entry("CamelRestHttpUri", attacker.url("http") + "&path={{env:PATH}}"),
                Map.entry("CamelHttpPath", "/{{env:PATH}}"),
                Map.entry("CamelHttpMethod", "DELETE"),
                Map.entry("CamelJdbcParameters", "x"),
                Map.entry("CamelRetrieveGeneratedKeys", "true"),
                Map.entry("CamelSqlQuery", "DROP TABLE public." + table),
                Map.entry("CamelFileName", "../../x"),
                Map.entry("CamelAggregationCompleteAllGroups", "true"),
                Map.entry("CamelAggregationCompleteAllGroupsInclusive", "true"),
                Map.entry("CamelBeanMethodName", "fail"),
                Map.entry("CamelToEndpoint", "jdbc:redshift"),
                Map.entry("CamelCorrelationId", "x"),
                Map.entry("CamelOverruleFileName", "${env.PATH}"),
                Map.entry("reason", "an attacker's"),
                Map.entry("severity", "info"));
        List<Map.Entry<String, String>> all = Stream.<Function<String, String>>of(name -> name, String::toLowerCase)
                .flatMap(cased -> attacks.entrySet().stream()
                        .map(attack -> Map.entry(cased.apply(attack.getKey()), attack.getValue())))
                .distinct()
                .toList();
        List<Map<String, String>> messages = new ArrayList<>();
        for (int i = 0; i < all.size(); i += ATTRIBUTES) {
            messages.add(all.subList(i, Math.min(all.size(), i + ATTRIBUTES)).stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        }
        return messages;
    }

    private void send(String body, Map<String, String> attributes) {
        SharedSandbox.get()
                .sqs()
                .sendMessage(r -> r.queueUrl(landing.queueUrl())
                        .messageBody(body)
                        .messageAttributes(attributes.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        attribute -> MessageAttributeValue.builder()
                                                .dataType("String")
                                                .stringValue(attribute.getValue())
                                                .build()))));
    }

    private String event(String key) throws Exception {
        long size = SharedSandbox.get()
                .s3()
                .headObject(r -> r.bucket(bucket).key(key))
                .contentLength();
        return JSON.writeValueAsString(Map.of(
                "Records",
                List.of(Map.of(
                        "eventName",
                        "ObjectCreated:Put",
                        "eventTime",
                        "2026-01-31T12:00:00Z",
                        "s3",
                        Map.of(
                                "bucket",
                                Map.of("name", bucket),
                                "object",
                                Map.of(
                                        "key",
                                        URLEncoder.encode(key, StandardCharsets.UTF_8),
                                        "size",
                                        size,
                                        "eTag",
                                        "e1"))))));
    }

    private static Batch batchOf(Ledger ledger, String url) {
        await().until(() -> !ledger.known(url).isEmpty());
        return ledger.find(ledger.known(url).get(0).batch()).orElseThrow();
    }

    private void drop(String key, String content) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    private List<String> objects() {
        return SharedSandbox.get().s3().listObjectsV2(r -> r.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static String url(String bucket, String key) {
        return "s3://" + bucket + "/" + key;
    }
}
