package dev.caravan.sandbox.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.SdkBytes;

/** How the sample files are written. */
enum FileFormat {
    /** An object a line, compressed; numbers without quotes. */
    JSON_LINES_GZIP {
        @Override
        SdkBytes write(List<String> columns, List<List<String>> rows) {
            return gzip(lines(rows, row -> json(columns, row)));
        }
    },
    /** With a line of column names. */
    CSV {
        @Override
        SdkBytes write(List<String> columns, List<List<String>> rows) {
            return SdkBytes.fromUtf8String(lines(List.of(columns), FileFormat::csv) + lines(rows, FileFormat::csv));
        }
    },
    /** Fields as they are, a {@code |} between them. */
    PIPES {
        @Override
        SdkBytes write(List<String> columns, List<List<String>> rows) {
            return SdkBytes.fromUtf8String(lines(rows, row -> String.join("|", row)));
        }
    };

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?");
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[,\"\\r\\n]");

    /** A file with these rows. */
    abstract SdkBytes write(List<String> columns, List<List<String>> rows);

    private interface Line {
        String of(List<String> row);
    }

    private static String lines(List<List<String>> rows, Line line) {
        return rows.stream().map(row -> line.of(row) + "\n").collect(Collectors.joining());
    }

    private static String json(List<String> columns, List<String> row) {
        ObjectNode object = JSON.createObjectNode();
        for (int i = 0; i < columns.size(); i++) {
            String field = row.get(i);
            if (field.isEmpty()) {
                object.putNull(columns.get(i));
            } else if (NUMBER.matcher(field).matches()) {
                object.putRawValue(columns.get(i), new RawValue(field));
            } else {
                object.put(columns.get(i), field);
            }
        }
        return object.toString();
    }

    private static String csv(List<String> row) {
        return row.stream()
                .map(field -> NEEDS_QUOTES.matcher(field).find() ? '"' + field.replace("\"", "\"\"") + '"' : field)
                .collect(Collectors.joining(","));
    }

    private static SdkBytes gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SdkBytes.fromByteArray(bytes.toByteArray());
    }
}
