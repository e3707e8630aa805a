package dev.caravan.evolution;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
                String key = decoder.readString();
                ByteBuffer value = decoder.readBytes(null);
                if (key.equals("avro.schema")) {
                    return new Schema.Parser()
                            .parse(StandardCharsets.UTF_8.decode(value).toString());
                }
            }
        }
        throw new EOFException("it has no schema");
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
