package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

@ExtendWith(SandboxExtension.class)
class S3EventsTest {
    private static int tests;

    private final Sandbox sandbox;
    private final S3Client s3;
    private final Landing landing;
    private final Inbox inbox;

    S3EventsTest(Sandbox sandbox) {
        this.sandbox = sandbox;
        s3 = sandbox.s3();
        landing = sandbox.landing("s3-events-" + tests++);
        inbox = new Inbox(sandbox.sqs(), landing.queueUrl());
    }

    @Test
    void configuringNotificationsSendsATestEvent() {
        JsonNode event = Inbox.json(inbox.drain().get(0).body());

        assertThat(event.path("Service").asText()).isEqualTo("Amazon S3");
        assertThat(event.path("Event").asText()).isEqualTo("s3:TestEvent");
        assertThat(event.path("Bucket").asText()).isEqualTo(landing.bucket());
    }

    @Test
    void aPutSaysWhatS3Says() {
        s3.putObject(r -> r.bucket(landing.bucket()).key("in/one.csv"), RequestBody.fromString("hello"));

        JsonNode event = onlyEvent();
        assertThat(event.path("eventVersion").asText()).isEqualTo("2.1");
        assertThat(event.path("eventSource").asText()).isEqualTo("aws:s3");
        assertThat(event.path("awsRegion").asText()).isEqualTo("eu-west-1");
        assertThat(event.path("eventName").asText()).isEqualTo("ObjectCreated:Put");
        assertThat(event.path("eventTime").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(event.at("/s3/bucket/name").asText()).isEqualTo(landing.bucket());
        assertThat(event.at("/s3/bucket/arn").asText()).isEqualTo("arn:aws:s3:::" + landing.bucket());
        JsonNode object = event.at("/s3/object");
        assertThat(object.path("key").asText()).isEqualTo("in/one.csv");
        assertThat(object.path("size").asLong()).isEqualTo(5);
        assertThat(object.path("eTag").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(object.path("sequencer").asText()).matches("[0-9A-F]{18}");
        assertThat(object.has("versionId")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a b|a+b",
                "1+1|1%2B1",
                "100%|100%25",
                "ü|%C3%BC",
                "日本|%E6%97%A5%E6%9C%AC",
                "a=b&c|a%3Db%26c",
                "day=2026-11-21/x.csv|day%3D2026-11-21/x.csv",
                "q?#;,()'|q%3F%23%3B%2C%28%29%27",
                "/leading|/leading",
                "a//b|a//b",
                "a/../b|a/../b",
                "./c|./c"
            })
    void aKeyIsEncodedAsS3EncodesIt(String key, String encoded) {
        s3.putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString("x"));

        assertThat(onlyEvent().at("/s3/object/key").asText()).isEqualTo(encoded);
        assertThat(s3.listObjectsV2(r -> r.bucket(landing.bucket())).contents())
                .extracting(o -> o.key())
                .containsExactly(key);
        assertThat(s3.getObjectAsBytes(r -> r.bucket(landing.bucket()).key(key)).asUtf8String())
                .isEqualTo("x");
    }

    @Test
    void keysWithEmptySegmentsAreListedByPrefixAndDelimiter() {
        for (String key : List.of("/a", "b//c", "b/d", "e")) {
            s3.putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString("x"));
        }

        assertThat(s3.listObjectsV2(r -> r.bucket(landing.bucket()).delimiter("/"))
                        .commonPrefixes())
                .extracting(p -> p.prefix())
                .containsExactly("/", "b/");
        assertThat(s3.listObjectsV2(r -> r.bucket(landing.bucket()).prefix("b//"))
                        .contents())
                .extracting(o -> o.key())
                .containsExactly("b//c");
    }

    @Test
    void aCopyIsAnEventOfItsDestination() {
        s3.putObject(r -> r.bucket(landing.manifestBucket()).key("from"), RequestBody.fromString("hello"));
        s3.copyObject(r -> r.sourceBucket(landing.manifestBucket())
                .sourceKey("from")
                .destinationBucket(landing.bucket())
                .destinationKey("to ü"));

        JsonNode event = onlyEvent();
        assertThat(event.path("eventName").asText()).isEqualTo("ObjectCreated:Copy");
        assertThat(event.at("/s3/object/key").asText()).isEqualTo("to+%C3%BC");
        assertThat(event.at("/s3/object/size").asLong()).isEqualTo(5);
        assertThat(event.at("/s3/object/eTag").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    }

    @Test
    void aCopyInPlaceIsOneEvent() {
        s3.putObject(r -> r.bucket(landing.bucket()).key("same"), RequestBody.fromString("hello"));
        inbox.drain();

        s3.copyObject(r -> r.sourceBucket(landing.bucket())
                .sourceKey("same")
                .destinationBucket(landing.bucket())
                .destinationKey("same")
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType("text/csv"));

        assertThat(onlyEvent().path("eventName").asText()).isEqualTo("ObjectCreated:Copy");
    }

    @Test
    void aMultipartUploadIsOneEventWhenItIsComplete() {
        int part = 5 * 1024 * 1024;
        String id = s3.createMultipartUpload(r -> r.bucket(landing.bucket()).key("big//file"))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int n = 1; n <= 2; n++) {
            int number = n;
            String eTag = s3.uploadPart(
                            r -> r.bucket(landing.bucket())
                                    .key("big//file")
                                    .uploadId(id)
                                    .partNumber(number),
                            RequestBody.fromBytes(new byte[part]))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(n).eTag(eTag).build());
        }
        assertThat(inbox.s3Events()).isEmpty();

        s3.completeMultipartUpload(
                r -> r.bucket(landing.bucket()).key("big//file").uploadId(id).multipartUpload(m -> m.parts(parts)));

        JsonNode event = onlyEvent();
        assertThat(event.path("eventName").asText()).isEqualTo("ObjectCreated:CompleteMultipartUpload");
        assertThat(event.at("/s3/object/key").asText()).isEqualTo("big//file");
        assertThat(event.at("/s3/object/size").asLong()).isEqualTo(2L * part);
        assertThat(event.at("/s3/object/eTag").asText()).endsWith("-2").doesNotContain("\"");
    }

    @Test
    void aVersionedBucketsEventsNameTheVersion() {
        s3.putBucketVersioning(
                r -> r.bucket(landing.bucket()).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
        String version = s3.putObject(r -> r.bucket(landing.bucket()).key("v"), RequestBody.fromString("1"))
                .versionId();

        assertThat(version).isNotNull();
        assertThat(onlyEvent().at("/s3/object/versionId").asText()).isEqualTo(version);
    }

    @Test
    void laterEventsHaveGreaterSequencers() {
        for (String key : List.of("a", "b", "a")) {
            s3.putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString("x"));
        }

        List<String> sequencers = inbox.s3Events().stream()
                .map(e -> e.at("/s3/object/sequencer").asText())
                .toList();
        assertThat(sequencers).hasSize(3).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"in/dt%3D, 1", "in/dt=, 0", "in/dt%3d, 0", "in/, 1"})
    void aFilterIsComparedWithTheEncodedKey(String prefix, int events) {
        configure(rule("dt", prefix, ""));
        inbox.drain();

        s3.putObject(r -> r.bucket(landing.bucket()).key("in/dt=2026"), RequestBody.fromString("x"));

        assertThat(inbox.s3Events()).hasSize(events);
    }

    @Test
    void overlappingRulesAreRefusedAsS3RefusesThem() {
        assertThatThrownBy(() -> configure(rule("a", "", ""), rule("b", "in/", "")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining(
                        "Configurations overlap. Configurations on the same bucket cannot share a common");
        assertThatThrownBy(() -> configure(rule("a", "in/", ""), rule("b", "in/b/", ".csv")))
                .hasMessageContaining(
                        "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules");
        configure(rule("a", "in/", ".gz"), rule("b", "in/", ".csv"), rule("c", "out/", ""));
    }

    private QueueConfiguration rule(String id, String prefix, String suffix) {
        List<FilterRule> rules = new ArrayList<>();
        if (!prefix.isEmpty()) {
            rules.add(FilterRule.builder()
                    .name(FilterRuleName.PREFIX)
                    .value(prefix)
                    .build());
        }
        if (!suffix.isEmpty()) {
            rules.add(FilterRule.builder()
                    .name(FilterRuleName.SUFFIX)
                    .value(suffix)
                    .build());
        }
        return QueueConfiguration.builder()
                .id(id)
                .queueArn("arn:aws:sqs:eu-west-1:000000000000:" + landing.queueName())
                .events(Event.S3_OBJECT_CREATED)
                .filter(f -> f.key(k -> k.filterRules(rules)))
                .build();
    }

    @Test
    void onlyKeysThatPassTheFilterAreSent() {
        configure(QueueConfiguration.builder()
                .queueArn(arn("caravan-events"))
                .events(Event.S3_OBJECT_CREATED)
                .filter(f -> f.key(k -> k.filterRules(
                        FilterRule.builder()
                                .name(FilterRuleName.PREFIX)
                                .value("in/")
                                .build(),
                        FilterRule.builder()
                                .name(FilterRuleName.SUFFIX)
                                .value(".csv")
                                .build())))
                .build());
        inbox.drain();

        for (String key : List.of("in/yes.csv", "out/no.csv", "in/no.json")) {
            s3.putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString("x"));
        }

        assertThat(onlyEvent().at("/s3/object/key").asText()).isEqualTo("in/yes.csv");
    }

    @Test
    void onlyTheEventsAskedForAreSent() {
        configure(QueueConfiguration.builder()
                .queueArn(arn("caravan-events"))
                .events(Event.S3_OBJECT_CREATED_COPY)
                .build());
        inbox.drain();

        s3.putObject(r -> r.bucket(landing.bucket()).key("put"), RequestBody.fromString("x"));

        assertThat(inbox.s3Events()).isEmpty();
    }

    @Test
    void theConfigurationCanBeReadBack() {
        QueueConfiguration read = s3.getBucketNotificationConfiguration(r -> r.bucket(landing.bucket()))
                .queueConfigurations()
                .get(0);

        assertThat(read.queueArn()).isEqualTo(arn("caravan-events"));
        assertThat(read.events()).containsExactly(Event.S3_OBJECT_CREATED);
    }

    @Test
    void aQueueThatIsNotThereIsRefused() {
        QueueConfiguration toNowhere = QueueConfiguration.builder()
                .queueArn(arn("nowhere"))
                .events(Event.S3_OBJECT_CREATED)
                .build();

        assertThatThrownBy(() -> configure(toNowhere))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("Unable to validate the following destination configurations");
        assertThat(s3.getBucketNotificationConfiguration(r -> r.bucket(landing.bucket()))
                        .queueConfigurations())
                .extracting(QueueConfiguration::queueArn)
                .containsExactly(arn("caravan-events"));
    }

    @Test
    void aBucketThatIsNotThereHasNoConfiguration() {
        assertThatThrownBy(() -> s3.getBucketNotificationConfiguration(r -> r.bucket("not-there")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("The specified bucket does not exist");
    }

    @Test
    void eventsCanTravelThroughATopic() {
        TopicConfiguration toTopic = TopicConfiguration.builder()
                .topicArn(landing.loadedTopicArn())
                .events(Event.S3_OBJECT_CREATED)
                .build();
        s3.putBucketNotificationConfiguration(
                r -> r.bucket(landing.manifestBucket()).notificationConfiguration(c -> c.topicConfigurations(toTopic)));
        Inbox subscribed = new Inbox(sandbox.sqs(), landing.loadedQueueUrl());
        subscribed.drain();

        s3.putObject(r -> r.bucket(landing.manifestBucket()).key("m"), RequestBody.fromString("x"));

        JsonNode envelope = Inbox.json(subscribed.drain().get(0).body());
        assertThat(envelope.path("Subject").asText()).isEqualTo("Amazon S3 Notification");
        assertThat(Inbox.json(envelope.path("Message").asText())
                        .at("/Records/0/s3/object/key")
                        .asText())
                .isEqualTo("m");
    }

    private void configure(QueueConfiguration... configurations) {
        s3.putBucketNotificationConfiguration(
                r -> r.bucket(landing.bucket()).notificationConfiguration(c -> c.queueConfigurations(configurations)));
    }

    private JsonNode onlyEvent() {
        List<JsonNode> events = inbox.s3Events();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    /** The ARN of one of this test's queues. */
    private String arn(String name) {
        return "arn:aws:sqs:%s:%s:%s"
                .formatted(Sandbox.REGION, Sandbox.ACCOUNT, landing.queueName().replace("caravan-events", name));
    }
}
