package dev.caravan.redshift.evolution;

import dev.caravan.base.Quantity;
import dev.caravan.batch.FileEntry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads one file's fields, and shares nothing with other readings.
 *
 * @param file which
 * @param share the bytes of JSON, decompressed, that may be read
 */
record FileReading(S3Client s3, FileFields reader, FileEntry file, long share, Duration patience)
        implements Callable<FileReading.Read> {
    private static final int PROTOCOL = "s3://".length();
    private static final int SHOWN = 300;

    /** What S3 says of one object: that it is gone, has become shorter, is archived, or has a key of its own. */
    private static final Set<Integer> OF_THE_OBJECT = Set.of(400, 403, 404, 405, 416);

    private static final int FORBIDDEN = 403;

    /**
     * What was found.
     *
     * @param fields of a file that breaks off, those up to there; empty if it exceeds a limit
     * @param bytes how much of the share was used
     * @param unread what was left out, for a person
     * @param forbidden S3's refusal, if it is one
     */
    record Read(Optional<Fields> fields, long bytes, List<String> unread, Optional<S3Exception> forbidden) {}

    /** @throws SdkException if S3 has trouble that isn't the object's */
    @Override
    public Read call() {
        Fields fields = new Fields();
        try {
            long bytes = reader.read(
                    new Stored(s3, bucket(file), key(file)), file.size(), share, new Deadline(patience), fields);
            return new Read(Optional.of(fields), Math.min(bytes, share), left(bytes), Optional.empty());
        } catch (S3Exception e) {
            if (!OF_THE_OBJECT.contains(e.statusCode())) {
                throw e;
            }
            return failed(Optional.of(fields), e, e.statusCode() == FORBIDDEN ? Optional.of(e) : Optional.empty());
        } catch (SdkException e) {
            throw e;
        } catch (LimitExceeded e) {
            return failed(Optional.empty(), e, Optional.empty());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return failed(
                    Optional.of(fields),
                    e,
                    Optional.empty()); // libraries throw all sorts of exceptions when bytes make no sense
        }
    }

    private List<String> left(long bytes) {
        return reader.isBounded() && bytes >= share
                ? List.of(file.url() + ": all but the first " + Quantity.count(share, "byte") + ", decompressed")
                : List.of();
    }

    private Read failed(Optional<Fields> fields, Throwable e, Optional<S3Exception> forbidden) {
        return new Read(fields, share, List.of(unread(file, e)), forbidden);
    }

    static String unread(FileEntry file, Throwable e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return file.url() + ": " + (why.length() > SHOWN ? why.substring(0, SHOWN) + "…" : why);
    }

    /** An object in S3. */
    private record Stored(S3Client s3, String bucket, String key) implements FileFields.Source {
        @Override
        public InputStream all() {
            return new S3Stream(s3.getObject(r -> r.bucket(bucket).key(key)));
        }

        @Override
        public InputStream range(long from, long to) {
            return new S3Stream(s3.getObject(r -> r.bucket(bucket).key(key).range("bytes=" + from + "-" + (to - 1))));
        }
    }

    private static String bucket(FileEntry file) {
        return file.url().substring(0, file.url().indexOf('/', PROTOCOL)).substring(PROTOCOL);
    }

    private static String key(FileEntry file) {
        return file.url().substring(file.url().indexOf('/', PROTOCOL) + 1);
    }
}
