package dev.caravan.sandbox.aws.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.parts.Account;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Writes S3's event messages (event structure 2.1). */
public final class S3EventMessage {
    // S3 always writes three digits of milliseconds; Instant.toString() leaves zeros out.
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String OWNER = "SANDBOX";

    // Grows from start to start too, so that a restarted sandbox never gives an object an older sequencer than it had.
    private final AtomicLong sequencer = new AtomicLong(System.currentTimeMillis() << 16);

    /** One message for the creation of one or several objects, in the given order. */
    public String created(List<ObjectCreated> events, String configurationId) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode records = root.putArray("Records");
        events.forEach(event -> write(records.addObject(), event, configurationId));
        return root.toString();
    }

    private void write(ObjectNode written, ObjectCreated event, String configurationId) {
        written.put("eventVersion", "2.1").put("eventSource", "aws:s3").put("awsRegion", Account.REGION);
        written.put("eventTime", TIME.format(Instant.now())).put("eventName", event.eventName());
        written.putObject("userIdentity").put("principalId", OWNER);
        written.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
        written.putObject("responseElements")
                .put("x-amz-request-id", requestId())
                .put("x-amz-id-2", "sandbox");
        ObjectNode s3 = written.putObject("s3");
        s3.put("s3SchemaVersion", "1.0").put("configurationId", configurationId);
        ObjectNode bucket = s3.putObject("bucket").put("name", event.bucket());
        bucket.putObject("ownerIdentity").put("principalId", OWNER);
        bucket.put("arn", "arn:aws:s3:::" + event.bucket());
        ObjectNode object = s3.putObject("object");
        object.put("key", encoded(event.key())).put("size", event.size()).put("eTag", event.eTag());
        event.versionId().ifPresent(version -> object.put("versionId", version));
        object.put("sequencer", "%018X".formatted(sequencer.incrementAndGet()));
    }

    /** What S3 sends to every destination when a bucket's notification configuration is put. */
    String test(String bucket) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Service", "Amazon S3")
                .put("Event", "s3:TestEvent")
                .put("Time", TIME.format(Instant.now()))
                .put("Bucket", bucket)
                .put("RequestId", requestId())
                .put("HostId", "sandbox")
                .toString();
    }

    /** As an HTML form encodes it (a space becomes a plus sign), except that slashes stay. */
    static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    private static String requestId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16).toUpperCase(Locale.ROOT);
    }
}
