package dev.caravan.sandbox.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.sandbox.run.RunFailure;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Compares the files that events told of with those that Redshift was told to load: the manifests of the loaded batches.
 *
 * @param lost files that are in none
 * @param doubled files that are in more than one, or in one more than once
 */
record ManifestCheck(long lost, long doubled) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ManifestCheck of(S3Client s3, List<Endings.Ended> batches, Collection<String> expected) {
        Map<String, Integer> copies = new HashMap<>();
        for (Endings.Ended batch : batches) {
            String path = batch.manifest().substring("s3://".length());
            int slash = path.indexOf('/');
            byte[] manifest = s3.getObjectAsBytes(
                            r -> r.bucket(path.substring(0, slash)).key(path.substring(slash + 1)))
                    .asByteArray();
            try {
                for (JsonNode entry : JSON.readTree(manifest).path("entries")) {
                    copies.merge(entry.path("url").asText(), 1, Integer::sum);
                }
            } catch (IOException e) {
                throw new RunFailure("Manifest " + batch.manifest() + " can't be read", e);
            }
        }
        return of(copies, new HashSet<>(expected));
    }

    static ManifestCheck of(Map<String, Integer> copies, Set<String> expected) {
        return new ManifestCheck(
                expected.stream().filter(url -> !copies.containsKey(url)).count(),
                copies.values().stream().filter(times -> times > 1).count());
    }
}
