package dev.caravan.sandbox.redshift.copy;

import com.github.luben.zstd.ZstdInputStream;
import io.airlift.compress.lzo.LzopHadoopStreams;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** How the files are compressed. */
enum Compression {
    NONE,
    GZIP,
    BZIP2,
    ZSTD,
    LZOP;

    private static final int BUFFER = 1 << 16;

    InputStream decompress(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in, BUFFER);
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
            case ZSTD -> new ZstdInputStream(in).setContinuous(false);
            case LZOP -> new LzopHadoopStreams().createInputStream(in);
        };
    }
}
