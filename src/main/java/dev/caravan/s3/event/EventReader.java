package dev.caravan.s3.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens what S3 puts into a queue. Four envelopes are known: S3's own events ({@code {"Records":[…]}}, one record or many),
 * those events wrapped by SNS ({@code {"Type":"Notification","Message":"…"}}), EventBridge's ({@code "detail-type"}), and the
 * {@code s3:TestEvent} that S3 sends when notifications are set up. Stateless; a bean of the {@code receive} route.
 *
 * <p>The shapes are those of "Event message structure" and "EventBridge event message structure" in Amazon S3's user guide.
 */
public final class EventReader {
    private static final int DEEPEST = 4;

    /** A message of SQS has 1 MB at most. */
    private static final int LONGEST_BODY = 1 << 20;

    /** Brackets, names and values. An event of 1 MB has fewer: S3's records have about 60 of them in 800 bytes. */
    private static final int MOST_TOKENS = 200_000;

    /** Records in a message of 1 MB are fewer. */
    private static final int MOST_RECORDS = 5_000;

    private static final int LONGEST_NUMBER = 100;
    private static final int DEEPEST_VALUE = 100;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxNestingDepth(DEEPEST_VALUE)
                            .maxNameLength(LONGEST_BODY)
                            .maxStringLength(LONGEST_BODY)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Takes an envelope apart, so that a record that can't be read doesn't hold up its siblings.
     *
     * @param body a message's body
     * @return one JSON text for each record, itself a body that this method opens; empty for S3's test event
     * @throws UnreadableEvent if the body is in none of the known envelopes
     */
    public List<String> records(String body) throws UnreadableEvent {
        return open(body, 0);
    }

    /**
     * Reads one record.
     *
     * @param record a text that {@link #records} returned
     * @return the created object; empty if the record tells of something else, for example a removal
     * @throws UnreadableEvent if the record lacks something or has it malformed
     */
    public Optional<ObjectCreated> read(String record) throws UnreadableEvent {
        JsonNode event = parse(record);
        if (event.path("detail-type").isTextual()) {
            return event.path("detail-type").asText().equals("Object Created")
                    ? Optional.of(fromEventBridge(event))
                    : Optional.empty();
        }
        JsonNode records = event.path("Records");
        if (!records.isArray() || records.size() != 1) {
            throw new UnreadableEvent("not an event with exactly one record", record);
        }
        JsonNode only = records.get(0);
        String name = text(only, "eventName", only);
        return name.startsWith("ObjectCreated:") || name.startsWith("s3:ObjectCreated:")
                ? Optional.of(fromS3(only))
                : Optional.empty();
    }

    private List<String> open(String body, int depth) throws UnreadableEvent {
        JsonNode envelope = parse(body);
        JsonNode records = envelope.path("Records");
        if (records.isArray() && records.size() == 1) {
            return List.of(body);
        }
        if (records.size() > MOST_RECORDS) {
            throw new UnreadableEvent(records.size() + " records, more than " + MOST_RECORDS, body);
        }
        if (records.isArray()) {
            List<String> texts = new ArrayList<>();
            for (JsonNode record : records) {
                var single = json.createObjectNode();
                single.putArray("Records").add(record);
                texts.add(single.toString());
            }
            return texts;
        }
        if (envelope.path("detail-type").isTextual()) {
            return List.of(envelope.toString());
        }
        if (envelope.path("Event").asText().equals("s3:TestEvent")) {
            return List.of();
        }
        if (envelope.path("Type").asText().equals("Notification")
                && envelope.path("Message").isTextual()) {
            if (depth == DEEPEST) {
                throw new UnreadableEvent("SNS notifications wrapped in one another too often", body);
            }
            return open(envelope.path("Message").asText(), depth + 1);
        }
        throw new UnreadableEvent("neither an S3 event, nor one wrapped by SNS, nor one from EventBridge", body);
    }

    private ObjectCreated fromS3(JsonNode record) throws UnreadableEvent {
        JsonNode object = record.path("s3").path("object");
        return Plausible.object(
                text(record.path("s3").path("bucket"), "name", record),
                S3Key.decode(text(object, "key", record)),
                version(object, "versionId", "eTag", record),
                size(object, record),
                time(text(record, "eventTime", record)));
    }

    private ObjectCreated fromEventBridge(JsonNode event) throws UnreadableEvent {
        JsonNode object = event.path("detail").path("object");
        return Plausible.object(
                text(event.path("detail").path("bucket"), "name", event),
                text(object, "key", event),
                version(object, "version-id", "etag", event),
                size(object, event),
                time(text(event, "time", event)));
    }

    private JsonNode parse(String body) throws UnreadableEvent {
        if (body.length() > LONGEST_BODY) {
            throw new UnreadableEvent("longer than " + LONGEST_BODY + " characters, which no message is", body);
        }
        JsonNode node;
        try {
            node = json.readTree(body);
        } catch (StreamConstraintsException e) {
            throw new UnreadableEvent("JSON that no event is (" + e.getOriginalMessage() + ")", body);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new UnreadableEvent("not JSON at line " + at.getLineNr() + ", column " + at.getColumnNr(), body);
        }
        if (!node.isObject()) {
            throw new UnreadableEvent("not a JSON object", body);
        }
        return node;
    }

    private static String text(JsonNode parent, String field, JsonNode shown) throws UnreadableEvent {
        JsonNode value = parent.path(field);
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw new UnreadableEvent("'" + field + "' is missing, empty or not a text", shown.toString());
        }
        return value.asText();
    }

    /** A bucket whose versioning is suspended says {@code null} as text: then the ETag identifies the content. */
    private static String version(JsonNode object, String id, String etag, JsonNode shown) throws UnreadableEvent {
        String version = object.path(id).asText("");
        if (!version.isEmpty() && !version.equals("null")) {
            return version;
        }
        String tag = object.path(etag).asText("").replace("\"", "");
        if (!tag.isEmpty() && !tag.equals("null")) {
            return tag;
        }
        String sequencer = object.path("sequencer").asText("");
        if (sequencer.isEmpty()) {
            throw new UnreadableEvent(
                    "the object has neither '" + id + "' nor '" + etag
                            + "' nor 'sequencer', so that its content can't be" + " told from another's",
                    shown.toString());
        }
        return sequencer;
    }

    private static long size(JsonNode object, JsonNode shown) throws UnreadableEvent {
        JsonNode size = object.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.asLong() < 0) {
            throw new UnreadableEvent("the object's 'size' is missing or not a number of bytes", shown.toString());
        }
        return size.asLong();
    }

    private static Instant time(String text) throws UnreadableEvent {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new UnreadableEvent("the event's time is not of the form 2026-01-31T12:00:00Z", text);
        }
    }
}
