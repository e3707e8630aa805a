package dev.caravan.sandbox;

import blue.strategic.parquet.ParquetWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.parquet.schema.MessageTypeParser;

/** Files of the formats that nobody writes by hand. A row has its values by their names; one that isn't there is null. */
public final class RecordFiles {
    private RecordFiles() {}

    /** @param fields of the record, as an Avro schema has them: a JSON array */
    public static byte[] avro(String fields, List<Map<String, Object>> rows) {
        Schema schema = new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"row\", \"fields\": %s}".formatted(fields));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<GenericData.Record> file =
                new DataFileWriter<GenericData.Record>(new GenericDatumWriter<>(schema))) {
            file.setCodec(CodecFactory.deflateCodec(6)).create(schema, bytes);
            for (Map<String, Object> row : rows) {
                GenericData.Record record = new GenericData.Record(schema);
                row.forEach(record::put);
                file.append(record);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @param fields of the message, as a Parquet schema has them: {@code required int32 id; optional binary name (STRING);} */
    public static byte[] parquet(String fields, List<Map<String, Object>> rows) {
        try {
            Path path = Files.createTempFile("rows", ".parquet");
            try (ParquetWriter<Map<String, Object>> file = ParquetWriter.writeFile(
                    MessageTypeParser.parseMessageType("message row { " + fields + " }"),
                    path.toFile(),
                    (row, values) -> row.forEach(values::write))) {
                for (Map<String, Object> row : rows) {
                    file.write(row);
                }
            }
            byte[] bytes = Files.readAllBytes(path);
            Files.delete(path);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
