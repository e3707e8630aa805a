package dev.caravan.s3.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Writes records of S3's events, which {@link EventReader} reads: for objects of which S3 told nobody. */
public final class EventWriter {
    private static final String SENDER = "caravan backfill";

    private EventWriter() {}

    /** One record of {@code {"Records":[…]}}. What identifies the content stands in it as the version id, also where it is an ETag. */
    public static String record(ObjectCreated object) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("eventVersion", "2.1")
                .put("eventSource", "aws:s3")
                .put("eventTime", object.created().toString())
                .put("eventName", "ObjectCreated:Put");
        ObjectNode s3 = record.putObject("s3").put("s3SchemaVersion", "1.0").put("configurationId", SENDER);
        s3.putObject("bucket").put("name", object.bucket()).put("arn", "arn:aws:s3:::" + object.bucket());
        s3.putObject("object")
                .put("key", URLEncoder.encode(object.key(), StandardCharsets.UTF_8))
                .put("size", object.size())
                .put("versionId", object.version());
        return record.toString();
    }

    /** A message's body with these records. */
    public static String message(Iterable<String> records) {
        return "{\"Records\":[" + String.join(",", records) + "]}";
    }
}
