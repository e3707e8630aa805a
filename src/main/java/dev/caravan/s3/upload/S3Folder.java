package dev.caravan.s3.upload;

import dev.caravan.s3.event.S3Prefix;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/**
 * Objects whose keys begin alike, up to a {@code /}.
 *
 * @param key ends in {@code /}
 */
public record S3Folder(String bucket, String key) {
    private static final Logger LOG = LoggerFactory.getLogger(S3Folder.class);

    /** Below a place that people have named. */
    public static S3Folder of(S3Prefix place, String... names) {
        String key = place.key().isEmpty() || place.key().endsWith("/") ? place.key() : place.key() + "/";
        return new S3Folder(place.bucket(), key + String.join("/", names) + "/");
    }

    /** {@code s3://bucket/key/}. */
    public String url() {
        return "s3://" + bucket + "/" + key;
    }

    /** Writes a small object; its URL. */
    public String put(S3Client s3, String name, byte[] content) throws IOException {
        try {
            s3.putObject(r -> r.bucket(bucket).key(key + name), RequestBody.fromBytes(content));
            return url() + name;
        } catch (SdkException e) {
            throw new IOException(url() + name + " can't be written: " + e.getMessage(), e);
        }
    }

    /** Removes all of its objects, or logs why they stay: nobody needs them. */
    public void sweep(S3Client s3) {
        try {
            s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(key)).stream()
                    .filter(page -> page.hasContents() && !page.contents().isEmpty())
                    .forEach(page -> s3.deleteObjects(r -> r.bucket(bucket)
                            .delete(d -> d.quiet(true)
                                    .objects(page.contents().stream()
                                            .map(object -> ObjectIdentifier.builder()
                                                    .key(object.key())
                                                    .build())
                                            .toList()))));
        } catch (SdkException e) {
            LOG.warn("Objects below {} stay, for they can't be removed: {}", url(), e.getMessage());
        }
    }
}
