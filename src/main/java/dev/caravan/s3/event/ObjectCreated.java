package dev.caravan.s3.event;

import java.time.Instant;

/**
 * S3 says that an object was created.
 *
 * @param bucket the bucket's name
 * @param key the object's key, decoded: exactly the characters that a client used
 * @param version the version id, else the ETag without quotes: with bucket and key it identifies the content
 * @param size bytes
 * @param created when S3 created the object
 */
public record ObjectCreated(String bucket, String key, String version, long size, Instant created) {

    /** The object's URL as COPY and the ledger write it: {@code s3://bucket/key}, nothing encoded. */
    public String url() {
        return "s3://" + bucket + "/" + key;
    }
}
