package dev.caravan.sandbox.chaos.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A file to upload.
 *
 * @param at when, from the beginning of the load
 * @param name unlike any other's, part of its key; each of its rows carries it
 * @param words of a hostile producer, which stand in its key, and in its bad value if it has one; empty if its producer is none
 * @param overwrite what becomes of it later; empty if nothing does
 */
public record PlannedFile(
        Duration at, ChaosFeed feed, String name, String words, int rows, Kind kind, Optional<Overwrite> overwrite) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** What COPY skips of a file with rows to skip: one row in so many, the last among them. */
    private static final int ONE_SKIPPED_IN = 3;

    public enum Kind {
        GOOD,
        /** Its last row has letters where a number must be. */
        BAD_ROW,
        /** Several of its rows have, in a feed that leaves those out. */
        SKIPPED_ROWS,
        /** It is deleted as soon as it is there. */
        DELETED,
        /** S3 refuses it to COPY until the trouble is over. */
        FORBIDDEN,
        /** In a feed of compressed files: it isn't compressed. */
        PLAIN,
        /** It has no end. */
        CUT,
        /** It has no byte. */
        EMPTY;

        /** Whether none of its rows can ever be loaded. */
        public boolean isBad() {
            return this == BAD_ROW || this == PLAIN || this == CUT || this == EMPTY;
        }
    }

    public String key() {
        return feed.prefix() + name + (words.isEmpty() ? "" : " " + words + ".x");
    }

    public String url(String bucket) {
        return "s3://" + bucket + "/" + key();
    }

    /** What its rows carry. */
    public String label() {
        return overwrite.isPresent() ? name + "~1" : name;
    }

    /** What its rows carry once it is overwritten. */
    public String labelAfterwards() {
        return name + "~2";
    }

    /** How many of its rows a table can hold. */
    public int goodRows() {
        return kind.isBad() ? 0 : kind == Kind.SKIPPED_ROWS ? rows - skipped() : rows;
    }

    private int skipped() {
        return (rows + ONE_SKIPPED_IN - 1) / ONE_SKIPPED_IN;
    }

    public byte[] content() {
        byte[] text = text(label(), rows).getBytes(UTF_8);
        if (feed.kind() != ChaosFeed.Kind.GZIP) {
            return text;
        }
        return switch (kind) {
            case PLAIN -> text;
            case CUT -> Arrays.copyOf(compressed(text), compressed(text).length * 2 / 3);
            case EMPTY -> new byte[0];
            default -> compressed(text);
        };
    }

    /** What it is overwritten with. */
    public byte[] contentAfterwards() {
        return text(labelAfterwards(), overwrite.orElseThrow().rows()).getBytes(UTF_8);
    }

    private String text(String label, int count) {
        StringBuilder lines = new StringBuilder();
        for (int row = 1; row <= count; row++) {
            String number = isBadRow(row, count) ? badValue() : "" + row;
            lines.append(
                    feed.kind() == ChaosFeed.Kind.MERGE
                            ? MergedRow.of(this, row).csv(number)
                            : feed.isJson()
                                    ? "{\"file\": \"%s\", \"row_no\": %s, \"note\": \"row %d\"}\n"
                                            .formatted(label, number, row)
                                    : "%s,%s,row %d\n".formatted(label, number, row));
        }
        return lines.toString();
    }

    private boolean isBadRow(int row, int count) {
        return switch (kind) {
            case BAD_ROW -> row == count;
            case SKIPPED_ROWS -> (count - row) % ONE_SKIPPED_IN == 0;
            default -> false;
        };
    }

    private String badValue() {
        String text = words.isEmpty() ? "three" : words;
        try {
            return feed.isJson() ? JSON.writeValueAsString(text) : "\"" + text.replace("\"", "\"\"") + "\"";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] compressed(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public boolean isHostile() {
        return !words.isEmpty();
    }
}
