package dev.caravan.sandbox.redshift.unload.command;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** How a text file is compressed. */
public enum UnloadCompression {
    NONE(""),
    GZIP(".gz"),
    BZIP2(".bz2"),
    ZSTD(".zst");

    private final String suffix;

    UnloadCompression(String suffix) {
        this.suffix = suffix;
    }

    /** What is appended to the file's name, with its dot. */
    public String suffix() {
        return suffix;
    }

    /** A stream that compresses what is written to it. */
    public OutputStream compress(OutputStream out) throws IOException {
        return switch (this) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out);
            case BZIP2 -> new BZip2CompressorOutputStream(out);
            case ZSTD -> new ZstdOutputStream(out);
        };
    }
}
