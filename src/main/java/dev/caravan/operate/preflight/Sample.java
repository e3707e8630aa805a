package dev.caravan.operate.preflight;

import dev.caravan.base.aws.AwsRefused;
import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.load.manifest.ManifestWriter;
import dev.caravan.s3.event.S3Prefix;
import dev.caravan.s3.listing.ListedObject;
import dev.caravan.s3.listing.S3Listing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** One real file of a feed, to try a load with. */
record Sample(S3Client s3, Feeds feeds) {
    /** Of so many objects the newest is looked for: a prefix may have millions. */
    private static final int LOOKED_AT = 10_000;

    /** The newest of the feed's first objects; empty if it has none. */
    Optional<FileEntry> of(Feed feed) {
        return new S3Listing(s3)
                .objects(feed.bucket(), feed.keyPrefix())
                .limit(LOOKED_AT)
                .filter(listed -> !listed.archived() && listed.object().size() > 0)
                .map(ListedObject::object)
                .filter(object -> feeds.takes(feed, object))
                .max(Comparator.comparing(object -> object.created()))
                .map(object -> FileEntry.of(feed, object));
    }

    /** Has something done with a manifest of this file alone, which is deleted afterwards. */
    Finding withManifest(S3Prefix place, FileEntry file, ManifestUse use) {
        String key = CheckFile.key(place.key(), file.feed() + ".manifest");
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        try {
            ManifestWriter.write(Stream.of(file), manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AwsRefused.unless(
                "S3",
                "write s3://" + place.bucket() + "/" + key,
                () -> s3.putObject(
                        r -> r.bucket(place.bucket()).key(key), RequestBody.fromBytes(manifest.toByteArray())));
        try {
            return use.of("s3://" + place.bucket() + "/" + key);
        } finally {
            AwsRefused.unless(
                    "S3",
                    "delete s3://" + place.bucket() + "/" + key,
                    () -> s3.deleteObject(r -> r.bucket(place.bucket()).key(key)));
        }
    }

    /** What is done with a manifest's URL. */
    @FunctionalInterface
    interface ManifestUse {
        Finding of(String manifestUrl);
    }
}
