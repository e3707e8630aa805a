package dev.caravan.evolution;

import dev.caravan.batch.FileEntry;
import dev.caravan.feed.CopyFormat;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads the fields of a batch's files from S3: of JSON all objects, up to a budget for the batch; of Avro the header; of Parquet the footer. A file
 * that is gone, can't be read or exceeds one of the {@link Limits} is left out: COPY will say what is wrong with it. S3's other failures are the SDK's
 * exceptions.
 */
public final class FieldReader {
    private static final int PROTOCOL = "s3://".length();
    private static final int SHOWN = 300;

    /** What S3 says of one object: that it is gone, has become shorter, is archived, or has a key of its own. */
    private static final Set<Integer> OF_THE_OBJECT = Set.of(400, 403, 404, 405, 416);

    private static final int FORBIDDEN = 403;

    private final S3Client s3;
    private final Feed feed;
    private final FileFields reader;
    private final List<String> unread = new ArrayList<>();
    private final Duration perFile;
    private final Duration perBatch;
    private Optional<S3Exception> forbidden = Optional.empty();
    private int refused;
    private long budget;

    /** @param s3 stays open */
    public FieldReader(S3Client s3, Feed feed) {
        this(s3, feed, Limits.JSON_BUDGET, Limits.PER_FILE, Limits.PER_BATCH);
    }

    FieldReader(S3Client s3, Feed feed, long budget, Duration perFile, Duration perBatch) {
        this.s3 = s3;
        this.feed = feed;
        this.budget = budget;
        this.perFile = perFile;
        this.perBatch = perBatch;
        reader = new FileFields(feed);
    }

    /**
     * The fields of all these files.
     *
     * @throws S3Exception also if S3 lets none of them be read: then the permission is missing, or they have one producer
     */
    public BatchFields read(List<FileEntry> files) {
        Fields all = new Fields(Limits.MOST_NAMES_OF_BATCH);
        String obstacle = "";
        Deadline batch = new Deadline(perBatch);
        for (int i = 0; i < files.size() && !isOver(batch, files, i); i++) {
            Optional<Fields> read = fields(files.get(i), files.size() - i);
            if (read.isEmpty()) {
                continue;
            }
            Fields fields = read.get();
            if (feed.format().kind().isColumnar() && obstacle.isEmpty()) {
                obstacle = Columnar.differ(all, fields, files.get(i).url());
                all = fields.names().size() > all.names().size() ? fields : all;
            } else {
                add(fields, all, files.get(i));
            }
        }
        if (forbidden.isPresent() && refused == files.size()) {
            throw forbidden.get();
        }
        return new BatchFields(all, obstacle, unread);
    }

    private boolean isOver(Deadline batch, List<FileEntry> files, int next) {
        if (batch.isOver()) {
            unread.add(files.get(next).url() + " and all behind it: the batch's files take longer to read than "
                    + Quantity.inWords(perBatch));
        }
        return batch.isOver();
    }

    private void add(Fields fields, Fields all, FileEntry file) {
        try {
            all.seeAll(fields);
        } catch (LimitExceeded e) {
            unread(file, e);
        }
    }

    /** Of a file that breaks off, what was found up to there; empty if it exceeds a limit. */
    private Optional<Fields> fields(FileEntry file, int filesLeft) {
        Fields fields = new Fields();
        try {
            read(file, filesLeft, fields);
        } catch (S3Exception e) {
            if (!OF_THE_OBJECT.contains(e.statusCode())) {
                throw e;
            }
            if (e.statusCode() == FORBIDDEN) {
                forbidden = Optional.of(e);
                refused++;
            }
            unread(file, e);
        } catch (SdkException e) {
            throw e;
        } catch (LimitExceeded e) {
            unread(file, e);
            return Optional.empty();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            unread(file, e); // libraries throw all sorts of exceptions when bytes make no sense
        }
        return Optional.of(fields);
    }

    private void unread(FileEntry file, Throwable e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        unread.add(file.url() + ": " + (why.length() > SHOWN ? why.substring(0, SHOWN) + "…" : why));
    }

    /** What a file doesn't use of its share is the others'. */
    private void read(FileEntry file, int filesLeft, Fields fields) throws IOException {
        long share = budget / filesLeft;
        long read = share;
        try {
            read = reader.read(
                    new Stored(s3, bucket(file), key(file)), file.size(), share, new Deadline(perFile), fields);
            if (read >= share && feed.format().kind() == CopyFormat.Kind.JSON) {
                unread.add(file.url() + ": all but the first " + share + " bytes, decompressed");
            }
        } finally {
            budget -= Math.min(read, share);
        }
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
