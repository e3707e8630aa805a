package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.extract.part.PartSink;
import dev.caravan.s3.event.S3Prefix;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Writes a table's parts to S3. One that isn't complete is no object there: what is larger than a buffer is a multipart upload, which is completed in the end, or
 * aborted. It keeps one buffer for each part that is open at a time, whatever its size is. Safe for use by many threads, a part by one.
 */
public final class S3Parts implements PartSink {
    /** Of which S3 takes 10,000 for an object. */
    static final int BUFFER = 8 << 20;

    /** What an item of the ledger can name. */
    private static final int MOST_PARTS = 7_000;

    private final S3Client s3;
    private final String bucket;
    private final String folder;
    private final Permit permit;
    private final Queue<byte[]> buffers = new ConcurrentLinkedQueue<>();
    private final Map<Integer, String> complete = new ConcurrentSkipListMap<>();

    /**
     * @param folder key that all parts' keys begin with
     * @param permit asked before each part
     */
    S3Parts(S3Client s3, String bucket, String folder, Permit permit) {
        this.s3 = s3;
        this.bucket = bucket;
        this.folder = folder;
        this.permit = permit;
    }

    /** Whether there may be one more part. */
    @FunctionalInterface
    interface Permit {
        /** @throws IOException if not */
        void check() throws IOException;
    }

    /** Where parts of an attempt are: another attempt's are elsewhere, so that no zombie replaces what a manifest names. */
    public static String folder(S3Prefix place, String... names) {
        String key = place.key().isEmpty() || place.key().endsWith("/") ? place.key() : place.key() + "/";
        return key + String.join("/", names) + "/";
    }

    /** A part's name in its folder. */
    static String name(int number) {
        return String.format(Locale.ROOT, "%05d.csv.zst", number);
    }

    /** Size and version of each complete part, as {@link TableResult.Load} keeps them. */
    String written() {
        return String.join(",", complete.values());
    }

    /** Each complete part. */
    List<TableResult.Part> complete() {
        return TableResult.Part.all(url(), written());
    }

    String url() {
        return "s3://" + bucket + "/" + folder;
    }

    /** A part without rows, so that there is something to load. */
    void nothing() throws IOException {
        PartSink.Part part = open(1);
        Codec.ZSTD.compress(part.stream()).close();
        part.complete();
    }

    /** Writes a small object beside the parts; its URL. */
    String put(String name, byte[] content) throws IOException {
        try {
            s3.putObject(r -> r.bucket(bucket).key(folder + name), RequestBody.fromBytes(content));
            return url() + name;
        } catch (SdkException e) {
            throw new IOException(url() + name + " can't be written: " + e.getMessage(), e);
        }
    }

    @Override
    public Part open(int number) throws IOException {
        if (number > MOST_PARTS) {
            throw new IOException(
                    "the table has more than " + MOST_PARTS + " parts: take fewer rows at a time (where)");
        }
        permit.check();
        byte[] free = buffers.poll();
        return new Upload(number, free == null ? new byte[BUFFER] : free);
    }

    private final class Upload extends OutputStream implements PartSink.Part {
        private final int number;
        private final String key;
        private final byte[] buffer;
        private final List<CompletedPart> sent = new ArrayList<>();
        private String upload = "";
        private int filled;
        private long bytes;

        Upload(int number, byte[] buffer) {
            this.number = number;
            this.buffer = buffer;
            key = folder + name(number);
        }

        @Override
        public OutputStream stream() {
            return this;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            int at = offset;
            int left = length;
            while (left > 0) {
                int some = Math.min(left, BUFFER - filled);
                System.arraycopy(from, at, buffer, filled, some);
                filled += some;
                at += some;
                left -= some;
                if (filled == BUFFER) {
                    send();
                }
            }
            bytes += length;
        }

        private RequestBody body() {
            return RequestBody.fromInputStream(new ByteArrayInputStream(buffer, 0, filled), filled);
        }

        private void send() throws IOException {
            try {
                if (upload.isEmpty()) {
                    upload = s3.createMultipartUpload(r -> r.bucket(bucket).key(key))
                            .uploadId();
                }
                int next = sent.size() + 1;
                String etag = s3.uploadPart(
                                r -> r.bucket(bucket)
                                        .key(key)
                                        .uploadId(upload)
                                        .partNumber(next)
                                        .contentLength((long) filled),
                                body())
                        .eTag();
                sent.add(CompletedPart.builder().partNumber(next).eTag(etag).build());
                filled = 0;
            } catch (SdkException e) {
                throw failed(e);
            }
        }

        @Override
        public void complete() throws IOException {
            try {
                String etag;
                if (upload.isEmpty()) {
                    etag = s3.putObject(r -> r.bucket(bucket).key(key).contentLength((long) filled), body())
                            .eTag();
                } else {
                    if (filled > 0) {
                        send();
                    }
                    etag = s3.completeMultipartUpload(r ->
                                    r.bucket(bucket).key(key).uploadId(upload).multipartUpload(u -> u.parts(sent)))
                            .eTag();
                }
                complete.put(number, bytes + ":" + etag.replace("\"", ""));
                buffers.add(buffer);
            } catch (SdkException e) {
                throw failed(e);
            }
        }

        @Override
        public void abandon() {
            if (!upload.isEmpty()) {
                try {
                    s3.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(upload));
                } catch (SdkException e) {
                    // the bucket's lifecycle rule for incomplete uploads removes it
                }
            }
        }

        private IOException failed(SdkException e) {
            return new IOException("s3://" + bucket + "/" + key + " can't be written: " + e.getMessage(), e);
        }
    }
}
