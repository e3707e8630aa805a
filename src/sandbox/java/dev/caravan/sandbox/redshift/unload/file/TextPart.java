package dev.caravan.sandbox.redshift.unload.file;

import dev.caravan.sandbox.redshift.unload.command.UnloadCompression;
import dev.caravan.sandbox.redshift.unload.command.UnloadFlag;
import dev.caravan.sandbox.redshift.unload.command.UnloadFormat;
import dev.caravan.sandbox.redshift.unload.command.UnloadOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.output.CountingOutputStream;

/** A file of lines. A compressed one is full before MAXFILESIZE, by as much as a compressor may hold back. */
final class TextPart implements PartFile {
    private static final int BUFFER = 1 << 16;
    private static final int HELD_BACK = 1 << 20;

    private final CountingOutputStream file;
    private final OutputStream out;
    private final LineFormat format;
    private final long maxSize;
    private final boolean compressed;
    private final StringBuilder line = new StringBuilder();
    private long headers;
    private long rows;

    TextPart(Path path, List<ResultColumn> columns, UnloadOptions options) throws IOException {
        format = options.format() == UnloadFormat.JSON ? new JsonLines(columns) : new DelimitedLines(columns, options);
        maxSize = options.maxFileSize();
        compressed = options.compression() != UnloadCompression.NONE;
        file = new CountingOutputStream(new BufferedOutputStream(Files.newOutputStream(path), BUFFER));
        out = options.compression().compress(file);
        if (options.has(UnloadFlag.HEADER)) {
            format.header(line);
            out.write(line.toString().getBytes(StandardCharsets.UTF_8));
            line.setLength(0);
            headers = 1;
        }
    }

    @Override
    public boolean write(Row row) throws IOException {
        format.row(row, line);
        byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
        line.setLength(0);
        long size = file.getByteCount() + (compressed ? HELD_BACK : bytes.length);
        if (rows > 0 && size > maxSize) {
            return false;
        }
        out.write(bytes);
        rows++;
        return true;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long lines() {
        return rows + headers;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
