package dev.caravan.s3.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;

/** What S3 can't have said of an object, and the ledger couldn't keep: such an event would come again and again, and others' with it. */
final class Plausible {
    /** "Bucket naming rules" of S3's user guide, the old ones included. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9._-]{1,255}");

    /** "Naming Amazon S3 objects": a key has 1,024 bytes at most. */
    private static final int LONGEST_KEY = 1_024;

    /** In bytes. S3's are 32 characters long; with the feed's name they must fit into a sort key of DynamoDB, 1,024 bytes. */
    private static final int LONGEST_VERSION = 512;

    /** S3's largest object has 50 TB. */
    private static final long LARGEST = 1L << 50;

    private static final Instant EARLIEST = Instant.parse("2006-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private Plausible() {}

    static ObjectCreated object(String bucket, String key, String version, long size, Instant created)
            throws UnreadableEvent {
        unless(BUCKET.matcher(bucket).matches(), "no bucket has such a name", bucket);
        unless(isText(key), "the object's key is not Unicode", key);
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        unless(length <= LONGEST_KEY, "the object's key has " + length + " bytes, more than S3 allows", key);
        unless(
                isText(version) && version.getBytes(StandardCharsets.UTF_8).length <= LONGEST_VERSION,
                "the object's version is none that S3 makes",
                version);
        unless(size <= LARGEST, "no object has " + size + " bytes", key);
        unless(
                created.isAfter(EARLIEST) && created.isBefore(LATEST),
                "the event's time is not between " + EARLIEST + " and " + LATEST,
                created.toString());
        return new ObjectCreated(bucket, key, version, size, created);
    }

    private static boolean isText(String value) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }

    private static void unless(boolean plausible, String problem, String part) throws UnreadableEvent {
        if (!plausible) {
            throw new UnreadableEvent(problem, part);
        }
    }
}
