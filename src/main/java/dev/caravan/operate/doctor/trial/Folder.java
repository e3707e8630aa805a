package dev.caravan.operate.doctor.trial;

import dev.caravan.base.ShellCommand;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.batch.FileEntry;
import dev.caravan.load.manifest.ManifestKey;
import dev.caravan.load.manifest.ManifestWriter;
import dev.caravan.s3.event.S3Prefix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Small objects under the manifest prefix, all of which are deleted at the end. */
public final class Folder {
    private final S3Client s3;
    private final S3Prefix place;
    private final Set<String> keys = new ConcurrentSkipListSet<>();
    private boolean over;

    /** @param place where they are: a key that ends with a slash */
    public Folder(S3Client s3, S3Prefix place) {
        this.s3 = s3;
        this.place = place;
    }

    /** A file of this content. */
    FileEntry file(String name, String content) {
        FileEntry file = absent(name, content.getBytes(StandardCharsets.UTF_8).length);
        put(place.key() + "files/" + name, content.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    /** A file that isn't there. */
    FileEntry absent(String name, long size) {
        return new FileEntry(
                DoctorFeed.NAME,
                "s3://" + place.bucket() + "/" + place.key() + "files/" + name,
                "1",
                size,
                Instant.now());
    }

    /** A file that isn't ours. */
    FileEntry foreign(String url) {
        return new FileEntry(DoctorFeed.NAME, url, "1", 1, Instant.now());
    }

    /** A Region in which the bucket isn't, of the same partition. */
    String otherRegion() {
        String own = region();
        List<String> others = own.startsWith("cn-")
                ? List.of("cn-north-1", "cn-northwest-1")
                : own.startsWith("us-gov-")
                        ? List.of("us-gov-west-1", "us-gov-east-1")
                        : List.of("us-east-1", "us-west-2");
        return others.get(own.equals(others.get(0)) ? 1 : 0);
    }

    private String region() {
        try {
            Optional<String> told = Optional.ofNullable(
                    s3.headBucket(r -> r.bucket(place.bucket())).bucketRegion());
            if (told.isPresent()) {
                return told.get();
            }
        } catch (SdkException e) {
            // then it is where the client is, most likely
        }
        return s3.serviceClientConfiguration().region().id();
    }

    /** The URL of the manifest, written there, of these files. */
    String manifest(ManifestKey key, List<FileEntry> files) {
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        try {
            ManifestWriter.write(files.stream(), manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        put(key.key(), manifest.toByteArray());
        return key.url();
    }

    private synchronized void put(String key, byte[] content) {
        if (over) {
            return; // the JVM is told to end
        }
        keys.add(key);
        AwsRefused.unless(
                "S3",
                "write s3://" + place.bucket() + "/" + key,
                () -> s3.putObject(r -> r.bucket(place.bucket()).key(key), RequestBody.fromBytes(content)));
    }

    /** Deletes all, and writes nothing any more; what could not be deleted is told. */
    public synchronized Optional<Leftover> delete() {
        over = true;
        try {
            for (String key : List.copyOf(keys)) {
                AwsRefused.unless(
                        "S3",
                        "delete s3://" + place.bucket() + "/" + key,
                        () -> s3.deleteObject(r -> r.bucket(place.bucket()).key(key)));
                keys.remove(key);
            }
            return Optional.empty();
        } catch (AwsRefused e) {
            return Optional.of(new Leftover(
                    String.valueOf(e.getMessage()),
                    ShellCommand.of("aws", "s3", "rm", "--recursive", "s3://" + place.bucket() + "/" + place.key())));
        }
    }
}
