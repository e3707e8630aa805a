package dev.caravan.sandbox.redshift.copy.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.redshift.copy.s3.BoxedError;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Avro's container files. Their fields find columns as JSON's do; what has parts is loaded as JSON. A record's number is its line. */
final class AvroReader implements RecordReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String url;
    private final DataFileReader<IndexedRecord> records;
    private final long size;
    private final JsonFields fields;
    private long number;

    AvroReader(String url, InputStream in, JsonFields fields) throws ServerError {
        this.url = url;
        this.fields = fields;
        try {
            byte[] bytes = in.readAllBytes();
            size = bytes.length;
            records = new DataFileReader<>(new SeekableByteArrayInput(bytes), new GenericDatumReader<>());
        } catch (IOException | AvroRuntimeException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
        if (records.getSchema().getType() != Schema.Type.RECORD) {
            throw invalid("Its schema is no record");
        }
    }

    @Override
    public boolean next(RawRecord row) throws ServerError {
        row.clear();
        try {
            if (!records.hasNext()) {
                if (records.previousSync() != size) {
                    throw invalid("Unexpected end of AVRO file."); // which the library takes for the end
                }
                return false;
            }
            JsonNode record = node(records.next());
            row.line(++number);
            row.raw(record.toString().getBytes(StandardCharsets.UTF_8));
            fields.fill(row, record);
            return true;
        } catch (AvroRuntimeException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private ServerError invalid(String why) {
        return BoxedError.of("Invalid AVRO file found. " + why, 8001, "Cannot init avro reader from s3 file " + url);
    }

    private static JsonNode node(@Nullable Object value) {
        if (value instanceof IndexedRecord record) {
            ObjectNode object = NODES.objectNode();
            record.getSchema().getFields().forEach(field -> object.set(field.name(), node(record.get(field.pos()))));
            return object;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, item) -> object.set(key.toString(), node(item)));
            return object;
        }
        if (value instanceof Collection<?> items) {
            ArrayNode array = NODES.arrayNode();
            items.forEach(item -> array.add(node(item)));
            return array;
        }
        return scalar(value);
    }

    private static JsonNode scalar(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof Integer || value instanceof Long) {
            return NODES.numberNode(((Number) value).longValue());
        }
        if (value instanceof Float fraction) {
            return NODES.numberNode(fraction);
        }
        if (value instanceof Double fraction) {
            return NODES.numberNode(fraction);
        }
        if (value instanceof ByteBuffer bytes) {
            return NODES.textNode(
                    StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString());
        }
        if (value instanceof GenericFixed fixed) {
            return NODES.textNode(new String(fixed.bytes(), StandardCharsets.ISO_8859_1));
        }
        return NODES.textNode(value.toString());
    }
}
