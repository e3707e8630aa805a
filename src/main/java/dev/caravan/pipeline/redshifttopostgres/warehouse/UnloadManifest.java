package dev.caravan.pipeline.redshifttopostgres.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.s3.upload.S3Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What UNLOAD says that it has written ("UNLOAD", MANIFEST VERBOSE, in Redshift's developer guide). Its {@code schema} isn't looked at: in the guide's own example it is
 * no JSON.
 *
 * @param rows in all files
 * @param files keys in the folder's bucket
 */
public record UnloadManifest(long rows, List<String> files) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public UnloadManifest {
        files = List.copyOf(files);
    }

    /** Reads it from the folder that UNLOAD wrote to. */
    public static UnloadManifest read(S3Client s3, S3Folder folder) throws IOException {
        String key = folder.key() + "manifest";
        try {
            JsonNode manifest = JSON.readTree(
                    s3.getObjectAsBytes(r -> r.bucket(folder.bucket()).key(key)).asByteArray());
            List<String> files = new ArrayList<>();
            long rows = 0;
            for (JsonNode entry : manifest.path("entries")) {
                String url = entry.path("url").asText();
                String prefix = "s3://" + folder.bucket() + "/";
                if (!url.startsWith(prefix + folder.key())) {
                    throw new IOException("s3://" + folder.bucket() + "/" + key + " names " + url
                            + ", which isn't below " + folder.url());
                }
                files.add(url.substring(prefix.length()));
                rows += entry.path("meta").path("record_count").asLong();
            }
            return new UnloadManifest(rows, files);
        } catch (SdkException e) {
            throw new IOException("s3://" + folder.bucket() + "/" + key + " can't be read: " + e.getMessage(), e);
        }
    }
}
