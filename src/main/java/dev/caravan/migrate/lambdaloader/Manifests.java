package dev.caravan.migrate.lambdaloader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.base.aws.AwsRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads the manifests that the AWS loader wrote for COPY. */
record Manifests(S3Client s3) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int NOT_FOUND = 404;

    /**
     * The files in a manifest, {@code bucket/key} without {@code s3://}, in its order; empty if it is no longer there, or is no manifest.
     *
     * @param place {@code bucket/key} of the manifest
     * @throws AwsRefused if S3 refuses
     */
    Optional<List<String>> files(String place) {
        int slash = place.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : text(place.substring(0, slash), place.substring(slash + 1)).flatMap(Manifests::parsed);
    }

    private Optional<String> text(String bucket, String key) {
        return AwsRefused.unless("S3", "read the manifest s3://" + bucket + "/" + key, () -> {
            try {
                return Optional.of(
                        s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String());
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static Optional<List<String>> filesOf(JsonNode manifest) {
        if (!manifest.path("entries").isArray()) {
            return Optional.empty();
        }
        List<String> files = new ArrayList<>();
        manifest.path("entries")
                .forEach(entry -> files.add(entry.path("url").asText().replaceFirst("^s3://", "")));
        return Optional.of(files);
    }

    private static Optional<List<String>> parsed(String json) {
        try {
            return filesOf(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
