package dev.caravan.redshift.evolution;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The fields of JSON objects that stand one behind the other, with types that hold all the values seen. */
final class JsonFields {
    /** Characters of one name or number, before it is told that it is too long. */
    private static final int LONGEST_KEPT = 1 << 16;

    /** What stands for bytes that are no UTF-8. */
    private static final int REPLACEMENT = 0xfffd;

    /** Names aren't kept in a table: a file may have millions. Values aren't read, but for the digits of whole numbers. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Limits.LONGEST_NAME)
                    .maxNumberLength(Limits.LONGEST_NUMBER)
                    .maxStringLength(LONGEST_KEPT)
                    .maxNestingDepth(Limits.DEEPEST)
                    .build())
            .build();

    private JsonFields() {}

    /**
     * Reads whole objects until the stream ends, or this many bytes are read.
     *
     * @param skippedLines what IGNOREHEADER says
     * @return bytes read
     * @throws IOException also for what is no JSON; what came before is seen
     * @throws LimitExceeded if there are too many names
     */
    static long read(InputStream in, int skippedLines, long mostBytes, Fields fields) throws IOException {
        long skipped = 0;
        for (int lines = 0; lines < skippedLines; skipped++) {
            int next = in.read();
            if (next < 0) {
                return skipped;
            }
            lines += next == '\n' ? 1 : 0;
        }
        try (JsonParser parser = JSON.createParser(in)) {
            while (skipped + bytes(parser) < mostBytes) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    break;
                }
                if (token == JsonToken.START_OBJECT) {
                    object(parser, fields);
                } else {
                    parser.skipChildren();
                }
            }
            return skipped + bytes(parser);
        }
    }

    private static void object(JsonParser parser, Fields fields) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.indexOf(REPLACEMENT) >= 0) {
                throw new IOException("a name in it is not UTF-8");
            }
            fields.see(name, type(parser, value));
            parser.skipChildren();
        }
    }

    /** Times stay text: COPY reads them as the feed's TIMEFORMAT says, which may fit some of them only. */
    private static Optional<ColumnType> type(JsonParser parser, JsonToken value) throws IOException {
        return switch (value) {
            case VALUE_TRUE, VALUE_FALSE -> Optional.of(ColumnType.BOOLEAN);
            case VALUE_NUMBER_INT ->
                Optional.of(
                        parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                                ? ColumnType.TEXT
                                : ColumnType.BIGINT);
            case VALUE_NUMBER_FLOAT -> Optional.of(ColumnType.DOUBLE);
            case VALUE_STRING -> Optional.of(ColumnType.TEXT);
            case START_OBJECT, START_ARRAY -> Optional.of(ColumnType.SUPER);
            default -> Optional.empty();
        };
    }

    private static long bytes(JsonParser parser) {
        return Math.max(
                parser.currentLocation().getByteOffset(),
                parser.currentLocation().getCharOffset());
    }
}
