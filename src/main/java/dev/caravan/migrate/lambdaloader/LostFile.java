package dev.caravan.migrate.lambdaloader;

import dev.caravan.s3.listing.ListedObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that the AWS loader took and never loaded.
 *
 * @param name {@code bucket/key} as the loader wrote it
 * @param batch the batch that it was put into; empty if it was put into none
 * @param received when its event came; empty if that isn't known
 * @param why how it was lost
 * @param object the object as it is in S3 now; empty if it is gone
 */
public record LostFile(
        String name, Optional<String> batch, Optional<Instant> received, String why, Optional<ListedObject> object) {

    /** {@code s3://bucket/key}; of an object that is gone, the likeliest. */
    public String url() {
        return object.map(listed -> listed.object().url())
                .orElseGet(
                        () -> "s3://" + new LoaderFile(name).names().iterator().next());
    }
}
