package dev.caravan.s3.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final String RECORD = """
            {"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2026-01-31T12:00:00.123Z",
             "eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"landing"},
             "object":{"key":"in/a+b%2Bc.csv","size":1024,"eTag":"d41d8cd9","sequencer":"0055AED6DCD90281E5"}}}""";
    private static final String EVENT_BRIDGE = """
            {"version":"0","detail-type":"Object Created","source":"aws.s3","time":"2026-01-31T12:00:00Z",
             "detail":{"bucket":{"name":"landing"},"object":{"key":"in/a+b%20c.csv","size":5,"etag":"b1946ac9",
             "version-id":"IYV3p45BT0ac8hjHg1houSdS1a.Mro8e","sequencer":"00617F08299329D189"},"reason":"PutObject"}}""";

    private final EventReader reader = new EventReader();

    @Test
    void aRecordBecomesItsObject() throws Exception {
        assertThat(read(event(RECORD)))
                .containsExactly(new ObjectCreated(
                        "landing", "in/a b+c.csv", "d41d8cd9", 1024, Instant.parse("2026-01-31T12:00:00.123Z")));
    }

    @Test
    void everyRecordOfAnEventIsRead() throws Exception {
        assertThat(read(event(RECORD, RECORD.replace("in/a", "in/z"), RECORD)))
                .extracting(ObjectCreated::key)
                .containsExactly("in/a b+c.csv", "in/z b+c.csv", "in/a b+c.csv");
    }

    @Test
    void anEventWrappedBySnsIsReadAsIfItWereNot() throws Exception {
        assertThat(read(sns(event(RECORD)))).isEqualTo(read(event(RECORD)));
        assertThat(read(sns(EVENT_BRIDGE))).isEqualTo(read(EVENT_BRIDGE));
    }

    @Test
    void anEventBridgeKeyIsTakenAsItIs() throws Exception {
        assertThat(read(EVENT_BRIDGE))
                .containsExactly(new ObjectCreated(
                        "landing",
                        "in/a+b%20c.csv",
                        "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
                        5,
                        Instant.parse("2026-01-31T12:00:00Z")));
    }

    @Test
    void whatS3CantHaveSaidIsUnreadable_andNothingElse() {
        for (String event : List.of(
                event(RECORD.replace("1024", "1" + "0".repeat(1_000_000))),
                event(RECORD.replace("1024", "9000000000000000000")),
                event(RECORD.replace("2026-01-31T12:00:00.123Z", "+999999999-01-31T12:00:00Z")),
                event(RECORD.replace("2026-01-31T12:00:00.123Z", "1970-01-01T00:00:00Z")),
                event(RECORD.replace("in/a", "k".repeat(2_000))),
                event(RECORD.replace("landing", "landing/in")),
                event(RECORD.replace("d41d8cd9", "e".repeat(600))),
                EVENT_BRIDGE.replace("in/a", "half \\ud800"),
                "[".repeat(500_000),
                "{\"a\":".repeat(100_000),
                "{\"a\":1" + "0".repeat(900_000) + "}",
                "{\"Records\":[" + "{},".repeat(349_000) + "{}]}",
                "{\"Records\":[" + "1,".repeat(90_000) + "1]}",
                "{\"" + "n".repeat(1_000_000) + "\":1}",
                "{\"Records\":[" + RECORD + "," + " ".repeat(1 << 20) + RECORD + "]}")) {
            assertThatThrownBy(() -> read(event))
                    .as(event.substring(0, 100))
                    .isInstanceOf(UnreadableEvent.class)
                    .satisfies(e -> assertThat(e.toString()).hasSizeLessThan(1_000));
        }
    }

    @Test
    void theTestEventHasNoRecords() throws Exception {
        String test = "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"landing\"}";
        assertThat(reader.records(test)).isEmpty();
        assertThat(reader.records(sns(test))).isEmpty();
    }

    @Test
    void aRecordIsAgainABody() throws Exception {
        for (String body : List.of(event(RECORD, RECORD), sns(event(RECORD)), EVENT_BRIDGE)) {
            for (String record : reader.records(body)) {
                assertThat(reader.records(record)).containsExactly(record);
            }
        }
    }

    @Test
    void aPoisonRecordDoesNotBlockItsSiblings() throws Exception {
        List<String> records = reader.records(event("7", RECORD));
        assertThatThrownBy(() -> reader.read(records.get(0))).isInstanceOf(UnreadableEvent.class);
        assertThat(reader.read(records.get(1))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ObjectCreated:Put", "ObjectCreated:CompleteMultipartUpload", "s3:ObjectCreated:Copy"})
    void everyWayOfCreatingCounts(String name) throws Exception {
        assertThat(read(event(RECORD.replace("ObjectCreated:Put", name)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ObjectRemoved:Delete", "s3:ObjectRestore:Post", "ObjectTagging:Put"})
    void otherEventsAreNoObjects(String name) throws Exception {
        assertThat(read(event(RECORD.replace("ObjectCreated:Put", name)))).isEmpty();
        assertThat(read(EVENT_BRIDGE.replace("Object Created", "Object Deleted")))
                .isEmpty();
    }

    @Test
    void theVersionIsTheVersionIdElseTheETagElseTheSequencer() throws Exception {
        assertThat(version(RECORD.replace("\"size\"", "\"versionId\":\"v1\",\"size\"")))
                .isEqualTo("v1");
        assertThat(version(RECORD.replace("\"size\"", "\"versionId\":\"null\",\"size\"")))
                .isEqualTo("d41d8cd9");
        assertThat(version(RECORD.replace("\"d41d8cd9\"", "\"\\\"d41d8cd9\\\"\"")))
                .isEqualTo("d41d8cd9");
        assertThat(version(RECORD.replace("\"eTag\"", "\"other\""))).isEqualTo("0055AED6DCD90281E5");
        assertThatThrownBy(() -> version(RECORD.replace("\"eTag\"", "\"a\"").replace("\"sequencer\"", "\"b\"")))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("'versionId'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"size\"", "\"key\"", "\"bucket\"", "\"eventTime\"", "\"eventName\"", "1024", "12:00"})
    void whatIsMissingOrMalformedMakesARecordUnreadable(String part) throws Exception {
        String broken =
                part.equals("1024") ? RECORD.replace(part, "-1") : RECORD.replace(part, part.replaceAll("\\w+", "x"));
        assertThat(broken).isNotEqualTo(RECORD);
        assertThatThrownBy(() -> read(event(broken))).isInstanceOf(UnreadableEvent.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "null",
                "[]",
                "{}",
                "{\"Records\":{}}",
                "{\"Type\":\"SubscriptionConfirmation\",\"Message\":\"You have chosen\"}",
                "{\"Records\":[]} trailing"
            })
    void whatIsNoEnvelopeIsUnreadable(String body) {
        assertThatThrownBy(() -> reader.records(body)).isInstanceOf(UnreadableEvent.class);
    }

    @Test
    void whatIsShownOfAnEventIsShort() {
        assertThatThrownBy(() -> reader.records("x".repeat(100_000)))
                .isInstanceOf(UnreadableEvent.class)
                .message()
                .hasSizeLessThan(500);
        assertThatThrownBy(() -> reader.records("{\"a\":\"" + "🐪".repeat(500) + "\"}"))
                .message()
                .contains("🐪…");
    }

    @Test
    void wrappingsWithoutEndAreUnreadable() {
        String body = event(RECORD);
        for (int i = 0; i < 6; i++) {
            body = sns(body);
        }
        String deep = body;
        assertThatThrownBy(() -> reader.records(deep)).isInstanceOf(UnreadableEvent.class);
    }

    private String version(String record) throws UnreadableEvent {
        return read(event(record)).get(0).version();
    }

    private List<ObjectCreated> read(String body) throws UnreadableEvent {
        List<ObjectCreated> objects = new ArrayList<>();
        for (String record : reader.records(body)) {
            Optional<ObjectCreated> object = reader.read(record);
            object.ifPresent(objects::add);
        }
        return objects;
    }

    private static String event(String... records) {
        return "{\"Records\":[" + String.join(",", records) + "]}";
    }

    private static String sns(String message) {
        return new ObjectMapper()
                .valueToTree(Map.of("Type", "Notification", "Message", message, "Subject", "Amazon S3 Notification"))
                .toString();
    }
}
