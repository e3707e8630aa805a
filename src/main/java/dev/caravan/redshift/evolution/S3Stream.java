package dev.caravan.redshift.evolution;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.Abortable;

/** Tells S3's trouble, which passes, from bytes that make no sense, which are {@link IOException}s. What isn't read isn't fetched. */
final class S3Stream extends FilterInputStream {
    S3Stream(InputStream in) {
        super(in);
    }

    @Override
    public int read() {
        try {
            return super.read();
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        try {
            return super.read(bytes, from, length);
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    /** Closing S3's stream alone would fetch all that is left of the object. */
    @Override
    public void close() throws IOException {
        if (in instanceof Abortable s3) {
            s3.abort();
        }
        super.close();
    }

    private static SdkClientException brokenOff(IOException e) {
        return SdkClientException.create("S3 broke off in the middle of an object: " + e.getMessage(), e);
    }
}
