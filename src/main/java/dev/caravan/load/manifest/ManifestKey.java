package dev.caravan.load.manifest;

import dev.caravan.batch.LoadSettings;
import dev.caravan.s3.event.S3Prefix;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an attempt's manifest stands. It follows from the batch and the attempt alone, so that whoever takes a batch over writes the same
 * object, and an attempt with fewer files has one of its own.
 *
 * @param bucket the bucket's name
 * @param key {@code <prefix>/<feed>/<batch id>-<attempt>.manifest}
 */
public record ManifestKey(String bucket, String key) {
    private static final Pattern ATTEMPT = Pattern.compile("-(\\d{1,9})\\.manifest$");

    /**
     * @param settings how the batch is loaded
     * @param batchId the batch's id
     * @param attempt from 1
     * @throws IllegalArgumentException if the feed has no manifest prefix, which is a fault that start-up reports
     */
    public static ManifestKey of(LoadSettings settings, String batchId, int attempt) {
        S3Prefix place = settings.manifestPrefix()
                .orElseThrow(() -> new IllegalArgumentException(
                        settings.inWords() + " has no manifestPrefix; set it there or in caravan.manifest-prefix"));
        String folder = place.key().isEmpty() || place.key().endsWith("/") ? place.key() : place.key() + "/";
        return new ManifestKey(place.bucket(), folder + settings.name() + "/" + batchId + "-" + attempt + ".manifest");
    }

    /** The attempt that a manifest's URL ends in; {@link Integer#MAX_VALUE} if it is no such URL. */
    static int attempt(String url) {
        Matcher matcher = ATTEMPT.matcher(url);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
    }

    /** Beside it, the manifest of a cluster's trials: {@code <prefix>/<feed>/<batch id>-<attempt>-search-<cluster>.manifest}. */
    public ManifestKey forSearch(String cluster) {
        return new ManifestKey(bucket, key.replaceFirst("\\.manifest$", "-search-" + cluster + ".manifest"));
    }

    /** Beside it, the manifest of one file: {@code <prefix>/<feed>/<batch id>-<attempt>-file-<number>.manifest}. */
    public ManifestKey forFile(int number) {
        return new ManifestKey(bucket, key.replaceFirst("\\.manifest$", "-file-" + number + ".manifest"));
    }

    /** {@code s3://bucket/key}. */
    public String url() {
        return "s3://" + bucket + "/" + key;
    }
}
