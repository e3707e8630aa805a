package dev.caravan.sandbox.redshift.copy.format;

import dev.caravan.sandbox.redshift.copy.value.Column;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Lines whose fields have a width each, in characters. */
final class FixedWidthReader implements RecordReader {
    private final BufferedReader lines;
    private final List<Integer> widths;
    private final List<Column> columns;
    private long line;

    /** @param specification {@code label:width,label:width} */
    FixedWidthReader(InputStream in, String specification, List<Column> columns) {
        lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        widths = Stream.of(specification.split(",", -1))
                .map(field -> field.substring(field.lastIndexOf(':') + 1).strip())
                .map(Integer::valueOf)
                .toList();
        this.columns = columns;
    }

    @Override
    public boolean next(RawRecord row) throws IOException {
        row.clear();
        String text = lines.readLine();
        if (text == null) {
            return false;
        }
        row.line(++line);
        row.raw(text.getBytes(StandardCharsets.UTF_8));
        int at = 0;
        for (int i = 0; i < widths.size() && at < text.length(); i++) {
            int end = text.offsetByCodePoints(at, Math.min(widths.get(i), text.codePointCount(at, text.length())));
            String field = text.substring(at, end);
            boolean character = i < columns.size() && columns.get(i).kind().isCharacter();
            row.field((character ? field : field.strip()).getBytes(StandardCharsets.UTF_8));
            at = end;
        }
        if (at < text.length()) {
            row.field(text.substring(at).getBytes(StandardCharsets.UTF_8));
        }
        return true;
    }
}
