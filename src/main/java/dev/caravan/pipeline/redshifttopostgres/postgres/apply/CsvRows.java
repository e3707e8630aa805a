package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds one row of CSV by its line, counted as COPY counts: each line end, also within quotes. Until the first row has ended, COPY doesn't know what ends lines,
 * and counts carriage returns within quotes instead ({@code CopyReadLineText} in copyfromparse.c).
 */
final class CsvRows {
    private static final int BUFFER = 64 * 1024;
    private static final int MOST_KEPT = 4096;

    private final InputStream bytes;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();

    CsvRows(InputStream bytes) {
        this.bytes = new BufferedInputStream(bytes, BUFFER);
    }

    /** The values of the row that the line is a part of, long ones cut; empty if the file has fewer lines. */
    List<String> rowOfLine(long wanted) throws IOException {
        List<String> row = new ArrayList<>();
        long line = 1;
        boolean quoted = false;
        int within = '\r';
        for (int b = bytes.read(); b >= 0; b = bytes.read()) {
            if (b == '"') {
                quoted = !quoted;
            } else if (b == ',' && !quoted) {
                row.add(take());
            } else if (b == '\n' && !quoted) {
                row.add(take());
                if (line >= wanted) {
                    return row;
                }
                row.clear();
                line++;
                within = '\n';
            } else {
                line += b == within ? 1 : 0;
                if (value.size() < MOST_KEPT) {
                    value.write(b);
                }
            }
        }
        row.add(take());
        return line >= wanted ? row : List.of();
    }

    private String take() {
        String taken = value.toString(StandardCharsets.UTF_8);
        value.reset();
        return taken;
    }
}
