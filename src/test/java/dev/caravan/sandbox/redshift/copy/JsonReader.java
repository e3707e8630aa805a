package dev.caravan.sandbox.redshift.copy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** JSON objects, one behind the other, with or without line breaks between them. */
final class JsonReader implements RecordReader {
    /** Decimals as written: a double would change them. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int INVALID_LINE = 1216;

    private final JsonParser parser;
    private final JsonFields fields;
    private boolean broken;

    JsonReader(InputStream in, JsonFields fields) throws IOException {
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
            row.line(parser.currentTokenLocation().getLineNr());
            row.raw(object.toString().getBytes(StandardCharsets.UTF_8));
            if (!object.isObject()) {
                row.malformed(INVALID_LINE, "Invalid JSONPath format: expected an object");
                return true;
            }
            for (int i = 0; i < fields.size(); i++) {
                add(row, fields.value(object, i), fields.isSuper(i));
            }
        } catch (JsonProcessingException e) {
            broken = true;
            row.line(e.getLocation() == null ? 0 : e.getLocation().getLineNr());
            row.malformed(INVALID_LINE, "Invalid JSON: " + e.getOriginalMessage());
        }
        return true;
    }

    private static void add(RawRecord row, JsonNode value, boolean asJson) {
        if (value.isMissingNode() || value.isNull()) {
            row.nullField();
        } else {
            String text = value.isContainerNode() || asJson ? value.toString() : value.asText();
            row.field(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
