package dev.caravan.batch;

import dev.caravan.s3.event.ObjectCreated;
import java.time.Instant;

/**
 * One S3 object in a batch of a feed; its identity is feed, URL and version.
 *
 * @param feed the feed's name
 * @param url {@code s3://bucket/key}, nothing encoded
 * @param version the version id, else the ETag; or {@link #ANY_VERSION}
 * @param size bytes
 * @param created when S3 created the object
 */
public record FileEntry(String feed, String url, String version, long size, Instant created) {
    /** The version of every file of a feed that skips overwritten objects: an object is one file, whatever its content. */
    public static final String ANY_VERSION = "*";

    /** An object as a file of what takes it. */
    public static FileEntry of(LoadSettings taker, ObjectCreated object) {
        String version = taker.onOverwrite() == OverwritePolicy.SKIP ? ANY_VERSION : object.version();
        return new FileEntry(taker.name(), object.url(), version, object.size(), object.created());
    }
}
