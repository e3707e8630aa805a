package dev.caravan.sandbox.redshift.copy.command;

import com.github.luben.zstd.ZstdInputStream;
import dev.caravan.sandbox.redshift.copy.s3.BoxedError;
import dev.caravan.sandbox.redshift.wire.ServerError;
import io.airlift.compress.lzo.LzopHadoopStreams;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** How the files are compressed. */
public enum Compression {
    NONE,
    GZIP,
    BZIP2,
    ZSTD,
    LZOP;

    private static final int BUFFER = 1 << 16;

    /** What is said of a file that can't be read to its end. */
    public ServerError failed(IOException why, String url) {
        if (this == NONE) {
            return BoxedError.reading("Error reading " + url + ": " + why.getMessage(), 8001, url);
        }
        boolean cut = why instanceof EOFException;
        return BoxedError.reading(
                "failed to inflate with " + name().toLowerCase(Locale.ROOT)
                        + (cut ? ": unexpected end of file." : ": invalid or incomplete deflate data."),
                9001,
                url);
    }

    public InputStream decompress(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in, BUFFER);
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
            case ZSTD -> new ZstdInputStream(in).setContinuous(false);
            case LZOP -> new LzopHadoopStreams().createInputStream(in);
        };
    }
}
