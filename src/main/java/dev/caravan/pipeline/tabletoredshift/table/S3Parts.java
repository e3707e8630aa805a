package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.extract.part.PartSink;
import dev.caravan.s3.upload.S3Folder;
import dev.caravan.s3.upload.S3Upload;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Writes a table's parts to S3. One that isn't complete is no object there: what is larger than a buffer is a multipart upload, which is completed in the end, or
 * aborted. It keeps one buffer for each part that is open at a time, whatever its size is. Safe for use by many threads, a part by one.
 */
public final class S3Parts implements PartSink {
    /** What an item of the ledger can name. */
    private static final int MOST_PARTS = 7_000;

    private final S3Client s3;
    private final S3Folder folder;
    private final Permit permit;
    private final Queue<byte[]> buffers = new ConcurrentLinkedQueue<>();
    private final Map<Integer, String> complete = new ConcurrentSkipListMap<>();

    /**
     * @param folder an attempt's own, so that no zombie replaces what a manifest names
     * @param permit asked before each part
     */
    S3Parts(S3Client s3, S3Folder folder, Permit permit) {
        this.s3 = s3;
        this.folder = folder;
        this.permit = permit;
    }

    /** Whether there may be one more part. */
    @FunctionalInterface
    interface Permit {
        /** @throws IOException if not */
        void check() throws IOException;
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
        return folder.url();
    }

    /** A part without rows, so that there is something to load. */
    void nothing() throws IOException {
        PartSink.Part part = open(1);
        Codec.ZSTD.compress(part.stream()).close();
        part.complete();
    }

    /** Writes a small object beside the parts; its URL. */
    String put(String name, byte[] content) throws IOException {
        return folder.put(s3, name, content);
    }

    @Override
    public Part open(int number) throws IOException {
        if (number > MOST_PARTS) {
            throw new IOException(
                    "the table has more than " + MOST_PARTS + " parts: take fewer rows at a time (where)");
        }
        permit.check();
        byte[] free = buffers.poll();
        return new Upload(number, free == null ? new byte[S3Upload.BUFFER] : free);
    }

    private final class Upload implements PartSink.Part {
        private final int number;
        private final byte[] buffer;
        private final S3Upload upload;

        Upload(int number, byte[] buffer) {
            this.number = number;
            this.buffer = buffer;
            upload = new S3Upload(s3, folder.bucket(), folder.key() + name(number), buffer);
        }

        @Override
        public OutputStream stream() {
            return upload;
        }

        @Override
        public void complete() throws IOException {
            String etag = upload.complete();
            complete.put(number, upload.bytes() + ":" + etag);
            buffers.add(buffer);
        }

        @Override
        public void abandon() {
            upload.abandon();
        }
    }
}
