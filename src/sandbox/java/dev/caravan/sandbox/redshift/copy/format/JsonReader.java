package dev.caravan.sandbox.redshift.copy.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** JSON objects, one behind the other, with or without line breaks between them. */
final class JsonReader implements RecordReader {
    /** Decimals as written, zeros at their end included: a double would change them. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final int INVALID_LINE = 1216;

    private final JsonParser parser;
    private final JsonFields fields;
    private final int header;
    private boolean broken;

    /** @param header lines that are no JSON */
    JsonReader(InputStream in, JsonFields fields, int header) throws IOException {
        this.header = header;
        for (int left = header; left > 0; ) {
            int read = in.read();
            left -= read == '\n' ? 1 : read < 0 ? left : 0;
        }
        this.parser = JSON.getFactory().createParser(in);
        this.fields = fields;
    }

    @Override
    public boolean next(RawRecord row) throws IOException {
        row.clear();
        if (broken) {
            return false; // Redshift can't find the next object either: the rest of the file is lost
        }
        try {
            if (parser.nextToken() == null) {
                return false;
            }
            JsonNode object = parser.readValueAsTree();
            row.line(header + parser.currentTokenLocation().getLineNr());
            row.raw(object.toString().getBytes(StandardCharsets.UTF_8));
            if (!fields.takes(object)) {
                row.malformed(INVALID_LINE, "Invalid JSONPath format: expected an object");
                return true;
            }
            fields.fill(row, object);
        } catch (JsonProcessingException e) {
            broken = true;
            row.line(header + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
            row.malformed(INVALID_LINE, "Invalid JSON: " + e.getOriginalMessage());
        }
        return true;
    }
}
