package dev.caravan.manifest;

import dev.caravan.feed.Feed;
import dev.caravan.feed.S3Prefix;

/**
 * Where an attempt's manifest stands. It follows from the batch and the attempt alone, so that whoever takes a batch over writes the same
 * object, and an attempt with fewer files has one of its own.
 *
 * @param bucket the bucket's name
 * @param key {@code <prefix>/<feed>/<batch id>-<attempt>.manifest}
 */
public record ManifestKey(String bucket, String key) {

    /**
     * @param feed the batch's feed
     * @param batchId the batch's id
     * @param attempt from 1
     * @throws IllegalArgumentException if the feed has no manifest prefix, which is a fault that start-up reports
     */
    public static ManifestKey of(Feed feed, String batchId, int attempt) {
        S3Prefix place = feed.manifestPrefix()
                .orElseThrow(() -> new IllegalArgumentException("feed '" + feed.name()
                        + "' has no manifestPrefix; set it there or in caravan.manifest-prefix"));
        String folder = place.key().isEmpty() || place.key().endsWith("/") ? place.key() : place.key() + "/";
        return new ManifestKey(place.bucket(), folder + feed.name() + "/" + batchId + "-" + attempt + ".manifest");
    }

    /** {@code s3://bucket/key}. */
    public String url() {
        return "s3://" + bucket + "/" + key;
    }
}
