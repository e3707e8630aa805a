package dev.caravan.pipeline.redshifttopostgres.warehouse;

import dev.caravan.s3.upload.S3Folder;
import dev.caravan.s3.upload.S3Upload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Keys and hashes on their way to a cluster: gzip files in a folder, and, when it is closed, a manifest of them. Each write must be of whole lines, as PostgreSQL's
 * driver does it: files end between two of them. It keeps one buffer, whatever comes.
 */
public final class HashFiles extends OutputStream {
    /** The manifest's name in the folder. */
    public static final String MANIFEST = "manifest.json";

    private static final long FILE_BYTES = 256L << 20;
    private static final int GZIP_BUFFER = 64 * 1024;

    private final S3Client s3;
    private final S3Folder folder;
    private final byte[] buffer = new byte[S3Upload.BUFFER];
    private final List<String> entries = new ArrayList<>();
    private S3Upload upload;
    private OutputStream zipped;
    private long written;
    private boolean closed;

    public HashFiles(S3Client s3, S3Folder folder) throws IOException {
        this.s3 = s3;
        this.folder = folder;
        upload = next();
        zipped = new GZIPOutputStream(upload, GZIP_BUFFER);
    }

    private String name() {
        return String.format(Locale.ROOT, "%05d.csv.gz", entries.size() + 1);
    }

    private S3Upload next() {
        return new S3Upload(s3, folder.bucket(), folder.key() + name(), buffer);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] lines, int offset, int length) throws IOException {
        if (written >= FILE_BYTES) {
            end();
            upload = next();
            zipped = new GZIPOutputStream(upload, GZIP_BUFFER);
            written = 0;
        }
        zipped.write(lines, offset, length);
        written += length;
    }

    private void end() throws IOException {
        zipped.close();
        upload.complete();
        entries.add("{\"url\":\"" + folder.url() + name() + "\",\"mandatory\":true}");
    }

    /** The last file is complete, and the manifest is there. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            end();
            var unused = folder.put(
                    s3,
                    MANIFEST,
                    ("{\"entries\":[" + String.join(",", entries) + "]}").getBytes(StandardCharsets.UTF_8));
        }
    }
}
