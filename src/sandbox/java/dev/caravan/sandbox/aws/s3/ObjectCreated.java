package dev.caravan.sandbox.aws.s3;

import java.util.Optional;

/**
 * An object that a client created.
 *
 * @param eventName S3's word for how, without the leading {@code s3:}, for example {@code ObjectCreated:Put}
 * @param key the key as the client gave it, not URL-encoded
 * @param size in bytes
 * @param eTag without quotes
 * @param versionId empty unless the bucket is versioned
 */
public record ObjectCreated(
        String eventName, String bucket, String key, long size, String eTag, Optional<String> versionId) {}
