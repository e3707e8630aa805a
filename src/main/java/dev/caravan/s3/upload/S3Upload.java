package dev.caravan.s3.upload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Writes one object of any size with one buffer. Until it is complete there is no object: what is larger than the buffer is a multipart upload, which is completed in
 * the end, or aborted. To close the stream only says that there are no more bytes. For one thread.
 */
public final class S3Upload extends OutputStream {
    /** Of which S3 takes 10,000 for an object. */
    public static final int BUFFER = 8 << 20;

    private final S3Client s3;
    private final String bucket;
    private final String key;
    private final byte[] buffer;
    private final List<CompletedPart> sent = new ArrayList<>();
    private String upload = "";
    private int filled;
    private long bytes;

    /** @param buffer of {@link #BUFFER} bytes, which is the caller's again when the object is complete */
    public S3Upload(S3Client s3, String bucket, String key, byte[] buffer) {
        this.s3 = s3;
        this.bucket = bucket;
        this.key = key;
        this.buffer = buffer;
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
            int some = Math.min(left, buffer.length - filled);
            System.arraycopy(from, at, buffer, filled, some);
            filled += some;
            at += some;
            left -= some;
            if (filled == buffer.length) {
                send();
            }
        }
        bytes += length;
    }

    /** How many have been written. */
    public long bytes() {
        return bytes;
    }

    private RequestBody body() {
        return RequestBody.fromInputStream(new ByteArrayInputStream(buffer, 0, filled), filled);
    }

    private void send() throws IOException {
        try {
            if (upload.isEmpty()) {
                upload =
                        s3.createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId();
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

    /**
     * All of it has been written: it is an object from now on.
     *
     * @return its ETag, without quotes
     */
    public String complete() throws IOException {
        try {
            String etag;
            if (upload.isEmpty()) {
                etag = s3.putObject(r -> r.bucket(bucket).key(key).contentLength((long) filled), body())
                        .eTag();
            } else {
                if (filled > 0) {
                    send();
                }
                etag = s3.completeMultipartUpload(
                                r -> r.bucket(bucket).key(key).uploadId(upload).multipartUpload(u -> u.parts(sent)))
                        .eTag();
            }
            return etag.replace("\"", "");
        } catch (SdkException e) {
            throw failed(e);
        }
    }

    /** It is of no use: nothing of it may be seen. Doesn't throw, for something else has failed. */
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
