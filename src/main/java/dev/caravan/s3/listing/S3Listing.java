package dev.caravan.s3.listing;

import dev.caravan.base.aws.AwsRefused;
import dev.caravan.s3.event.ObjectCreated;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Lists objects with the versions that S3's events give them, so that an object is the same file whichever way it becomes known. */
public final class S3Listing {
    /** GLACIER_IR is not among them: it is read at once. */
    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Client s3;

    public S3Listing(S3Client s3) {
        this.s3 = s3;
    }

    /**
     * The newest versions of all objects whose keys begin with a prefix, in the order of their keys, read page by page as they are wanted.
     *
     * @throws AwsRefused if S3 refuses; so does the stream
     */
    public Stream<ListedObject> objects(String bucket, String prefix) {
        return isVersioned(bucket)
                ? pages(
                                versionPage(bucket, prefix, null),
                                ListObjectVersionsResponse::isTruncated,
                                page -> versionPage(bucket, prefix, page))
                        .flatMap(page -> page.versions().stream())
                        .filter(ObjectVersion::isLatest)
                        .map(o -> listed(
                                bucket,
                                o.key(),
                                version(o.versionId(), o.eTag()),
                                o.size(),
                                o.lastModified(),
                                o.storageClassAsString()))
                : pages(
                                page(bucket, prefix, null),
                                ListObjectsV2Response::isTruncated,
                                page -> page(bucket, prefix, page))
                        .flatMap(page -> page.contents().stream())
                        .map(o -> listed(
                                bucket,
                                o.key(),
                                version(null, o.eTag()),
                                o.size(),
                                o.lastModified(),
                                o.storageClassAsString()));
    }

    /**
     * The newest version of one object; empty if there is none.
     *
     * @throws AwsRefused if S3 refuses
     */
    public Optional<ListedObject> object(String url) {
        String[] place = url.substring("s3://".length()).split("/", 2);
        return object(place[0], place[1]);
    }

    /** The same by its place. */
    public Optional<ListedObject> object(String bucket, String key) {
        return AwsRefused.unless("S3", "look at s3://" + bucket + "/" + key, () -> {
            try {
                var head = s3.headObject(r -> r.bucket(bucket).key(key));
                return Optional.of(listed(
                        bucket,
                        key,
                        version(head.versionId(), head.eTag()),
                        head.contentLength(),
                        head.lastModified(),
                        head.storageClassAsString()));
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static <P> Stream<P> pages(P first, Function<P, Boolean> hasMore, Function<P, P> next) {
        return Stream.iterate(
                        Optional.of(first),
                        Optional::isPresent,
                        page -> page.filter(hasMore::apply).map(next))
                .map(Optional::orElseThrow);
    }

    /** Whether its objects have version ids; some may have none, because they are older than that, or versioning is suspended. */
    private boolean isVersioned(String bucket) {
        return AwsRefused.unless("S3", "ask whether bucket " + bucket + " keeps versions", () -> {
            try {
                return s3.getBucketVersioning(r -> r.bucket(bucket)).status() != null;
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_IMPLEMENTED) {
                    return false;
                }
                throw e;
            }
        });
    }

    private ListObjectsV2Response page(String bucket, String prefix, @Nullable ListObjectsV2Response before) {
        return AwsRefused.unless(
                "S3",
                "list s3://" + bucket + "/" + prefix,
                () -> s3.listObjectsV2(r -> r.bucket(bucket)
                        .prefix(prefix)
                        .encodingType(EncodingType.URL)
                        .continuationToken(before == null ? null : before.nextContinuationToken())));
    }

    private ListObjectVersionsResponse versionPage(
            String bucket, String prefix, @Nullable ListObjectVersionsResponse before) {
        return AwsRefused.unless(
                "S3",
                "list the versions of s3://" + bucket + "/" + prefix,
                () -> s3.listObjectVersions(r -> r.bucket(bucket)
                        .prefix(prefix)
                        .encodingType(EncodingType.URL)
                        .keyMarker(before == null ? null : before.nextKeyMarker())
                        .versionIdMarker(before == null ? null : before.nextVersionIdMarker())));
    }

    private static ListedObject listed(
            String bucket, String key, String version, long size, Instant modified, @Nullable String storageClass) {
        return new ListedObject(
                new ObjectCreated(bucket, key, version, size, modified),
                storageClass != null && ARCHIVES.contains(storageClass));
    }

    /** As in S3's events: the id is {@code null} as text for an object without one. */
    private static String version(@Nullable String id, String etag) {
        return id == null || id.equals("null") ? etag.replace("\"", "") : id;
    }
}
