package dev.caravan.redshift.evolution;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.caravan.base.Quantity;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** The fields of an Avro container file, from the schema in its header; no block is read. */
final class AvroFields {
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};

    private static final JsonFactory COUNTING = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxTokenCount(Limits.MOST_TOKENS)
                    .maxNestingDepth(Limits.DEEPEST)
                    .build())
            .build();

    private AvroFields() {}

    /**
     * Reads the header.
     *
     * @param epochMillis whether COPY takes whole numbers for milliseconds since 1970 where a column is a time
     * @throws IOException also for what is no Avro
     */
    static void read(InputStream in, boolean epochMillis, Fields fields) throws IOException {
        try {
            Schema schema = schema(DecoderFactory.get().binaryDecoder(in, null));
            if (schema.getType() != Schema.Type.RECORD) {
                throw new IOException("its schema is no record");
            }
            schema.getFields().forEach(field -> fields.see(field.name(), type(field.schema(), epochMillis)));
        } catch (AvroRuntimeException e) {
            throw new IOException("its schema can't be read: " + e.getMessage(), e);
        }
    }

    private static Schema schema(BinaryDecoder decoder) throws IOException {
        byte[] magic = new byte[MAGIC.length];
        decoder.readFixed(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException("it is no Avro container file");
        }
        for (long entries = decoder.readMapStart(); entries > 0; entries = decoder.mapNext()) {
            for (long i = 0; i < entries; i++) {
                String key = new String(bytes(decoder, Limits.LONGEST_NAME), StandardCharsets.UTF_8);
                if (key.equals("avro.schema")) {
                    return parsed(new String(bytes(decoder, Limits.LARGEST_SCHEMA), StandardCharsets.UTF_8));
                }
                bytes(decoder, Limits.LARGEST_HEADER);
            }
        }
        throw new EOFException("it has no schema");
    }

    /** What a header claims is checked before memory is taken for it. */
    private static byte[] bytes(BinaryDecoder decoder, int most) throws IOException {
        long length = decoder.readLong();
        if (length < 0 || length > most) {
            throw new LimitExceeded(
                    "its header claims a value of " + Quantity.count(length, "byte") + ", where " + most + " are read");
        }
        byte[] bytes = new byte[(int) length];
        decoder.readFixed(bytes);
        return bytes;
    }

    /** A parsed schema takes many times its text's memory: tokens are counted first. */
    private static Schema parsed(String text) throws IOException {
        try (JsonParser tokens = COUNTING.createParser(text)) {
            while (!tokens.isClosed()) {
                tokens.nextToken();
            }
        }
        return new Schema.Parser().parse(text);
    }

    /** COPY reads Avro's values as they are stored, whatever their logical type. */
    private static Optional<ColumnType> type(Schema schema, boolean epochMillis) {
        return switch (schema.getType()) {
            case NULL -> Optional.empty();
            case BOOLEAN -> Optional.of(ColumnType.BOOLEAN);
            case INT -> Optional.of(ColumnType.INTEGER);
            case LONG ->
                Optional.of(
                        epochMillis && schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                                ? ColumnType.TIMESTAMP
                                : ColumnType.BIGINT);
            case FLOAT -> Optional.of(ColumnType.REAL);
            case DOUBLE -> Optional.of(ColumnType.DOUBLE);
            case STRING, ENUM, BYTES, FIXED -> Optional.of(ColumnType.TEXT);
            case RECORD, ARRAY, MAP -> Optional.of(ColumnType.SUPER);
            case UNION ->
                schema.getTypes().stream()
                        .flatMap(one -> type(one, epochMillis).stream())
                        .reduce(ColumnType::or);
        };
    }
}
