package dev.caravan.evolution;

import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import io.airlift.compress.bzip2.BZip2HadoopStreams;
import io.airlift.compress.lzo.LzopHadoopStreams;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads the fields of a batch's files from S3: of JSON all objects, up to a budget for the batch; of Avro the header; of Parquet the footer. A file
 * that is gone or can't be read is left out: COPY will say what is wrong with it. S3's other failures are the SDK's exceptions.
 */
public final class FieldReader {
    /** Bytes of JSON, decompressed, that are looked at in one batch. */
    static final long JSON_BUDGET = 64L << 20;

    private static final Pattern HEADER =
            Pattern.compile("\\bIGNOREHEADER\\s+(?:AS\\s+)?(\\d{1,9})", Pattern.CASE_INSENSITIVE);
    private static final Pattern WORD = Pattern.compile("'[^']*'|\\w+");
    private static final int BUFFER = 1 << 16;
    private static final int PROTOCOL = "s3://".length();

    /** The object is gone, or has become shorter. */
    private static final Set<Integer> CHANGED = Set.of(404, 416);

    private final S3Client s3;
    private final Feed feed;
    private final String options;
    private final List<String> unread = new ArrayList<>();
    private long budget;

    /** @param s3 stays open */
    public FieldReader(S3Client s3, Feed feed) {
        this(s3, feed, JSON_BUDGET);
    }

    FieldReader(S3Client s3, Feed feed, long budget) {
        this.s3 = s3;
        this.feed = feed;
        this.budget = budget;
        options = feed.copyOptions().toUpperCase(Locale.ROOT);
    }

    /** The fields of all these files. */
    public BatchFields read(List<FileEntry> files) {
        Fields all = new Fields();
        String obstacle = "";
        for (int i = 0; i < files.size(); i++) {
            Fields fields = new Fields();
            try {
                read(files.get(i), files.size() - i, fields);
            } catch (SdkException e) {
                if (!(e instanceof S3Exception s3) || !CHANGED.contains(s3.statusCode())) {
                    throw e;
                }
                unread(files.get(i), e);
            } catch (IOException | RuntimeException e) {
                unread(files.get(i), e); // libraries throw all sorts of exceptions when bytes make no sense
            }
            if (feed.format().kind().isColumnar() && obstacle.isEmpty()) {
                obstacle = Columnar.differ(all, fields, files.get(i).url());
                all = fields.names().size() > all.names().size() ? fields : all;
            } else {
                all.seeAll(fields);
            }
        }
        return new BatchFields(all, obstacle, unread);
    }

    private void unread(FileEntry file, Exception e) {
        unread.add(file.url() + ": " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    }

    private void read(FileEntry file, int filesLeft, Fields fields) throws IOException {
        switch (feed.format().kind()) {
            case JSON -> json(file, filesLeft, fields);
            case AVRO -> {
                try (ResponseInputStream<GetObjectResponse> in = open(file)) {
                    AvroFields.read(new S3Stream(in), isEpochMillis(), fields);
                    in.abort();
                }
            }
            case PARQUET -> ParquetFields.read(file.size(), (from, to) -> range(file, from, to), fields);
            default -> throw new IllegalStateException(feed.format().kind() + " files don't name their fields");
        }
    }

    /** What a file doesn't use of its share is the others'. */
    private void json(FileEntry file, int filesLeft, Fields fields) throws IOException {
        long share = budget / filesLeft;
        long read = share;
        try (ResponseInputStream<GetObjectResponse> in = open(file)) {
            read = JsonFields.read(decompressed(new S3Stream(in)), skippedLines(), share, fields);
            if (read >= share) {
                unread.add(file.url() + ": all but the first " + share + " bytes, decompressed");
            }
            in.abort();
        } finally {
            budget -= Math.min(read, share);
        }
    }

    private InputStream decompressed(InputStream in) throws IOException {
        if (has("GZIP")) {
            return new GZIPInputStream(in, BUFFER);
        }
        if (has("BZIP2")) {
            return new BZip2HadoopStreams().createInputStream(in);
        }
        if (has("ZSTD")) {
            return new ZstdInputStream(in);
        }
        return has("LZOP") ? new LzopHadoopStreams().createInputStream(in) : in;
    }

    private boolean has(String word) {
        return WORD.matcher(options).results().anyMatch(found -> found.group().equals(word));
    }

    private boolean isEpochMillis() {
        return has("'EPOCHMILLISECS'");
    }

    private int skippedLines() {
        Matcher lines = HEADER.matcher(options);
        return lines.find() ? Integer.parseInt(lines.group(1)) : 0;
    }

    private ResponseInputStream<GetObjectResponse> open(FileEntry file) {
        return s3.getObject(r -> r.bucket(bucket(file)).key(key(file)));
    }

    private byte[] range(FileEntry file, long from, long to) {
        return s3.getObjectAsBytes(r -> r.bucket(bucket(file)).key(key(file)).range("bytes=" + from + "-" + (to - 1)))
                .asByteArray();
    }

    private static String bucket(FileEntry file) {
        return file.url().substring(0, file.url().indexOf('/', PROTOCOL)).substring(PROTOCOL);
    }

    private static String key(FileEntry file) {
        return file.url().substring(file.url().indexOf('/', PROTOCOL) + 1);
    }
}
