package dev.caravan.migrate.datapipeline.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.base.Quantity;
import dev.caravan.base.Shown;
import dev.caravan.migrate.datapipeline.definition.PipelineObject.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a definition as the AWS CLI and the console write it, {@code {"objects": […], "parameters": […], "values": {…}}}. Data Pipeline itself takes
 * 100 objects, and fields of 10,240 bytes.
 */
public final class DefinitionReader {
    static final int MOST_BYTES = 5 << 20;
    private static final int MOST_OBJECTS = 2_000;

    /** Of a field's text, and of what its expressions make of it. */
    static final int LONGEST = 10_240;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private DefinitionReader() {}

    /**
     * Reads it whole.
     *
     * @throws IllegalArgumentException if it is none; the message, after the file's name, says why, and has nothing of what is written there
     */
    public static Definition read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "has more than " + Quantity.inBytes(MOST_BYTES)
                            + ", and no pipeline's definition has: name the file that aws datapipeline get-pipeline-definition wrote");
        }
        JsonNode root = json(bytes);
        if (!root.path("objects").isArray()) {
            throw new IllegalArgumentException(
                    root.has("pipelineObjects")
                            ? "is what AWS's API answers: have aws datapipeline get-pipeline-definition write it, with \"objects\""
                            : "has no \"objects\": it is no definition of a pipeline of AWS Data Pipeline");
        }
        Map<String, PipelineObject> objects = objects(root.path("objects"));
        return new Definition(objects, parameters(root.path("parameters"), root.path("values")));
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "is no JSON"
                            + (e.getLocation() == null
                                    ? ""
                                    : ": see line " + e.getLocation().getLineNr() + ", column "
                                            + e.getLocation().getColumnNr()),
                    e);
        }
    }

    private static Map<String, PipelineObject> objects(JsonNode list) {
        if (list.size() > MOST_OBJECTS) {
            throw new IllegalArgumentException("has " + Quantity.count(list.size(), "object")
                    + ", and a pipeline has at most " + MOST_OBJECTS + ": split it by the tables that are loaded");
        }
        Map<String, PipelineObject> objects = new LinkedHashMap<>();
        for (JsonNode each : list) {
            String id = text(each.path("id"));
            if (id.isEmpty()) {
                throw new IllegalArgumentException(
                        "has an object without an id, the " + (objects.size() + 1) + ". of \"objects\": give it one");
            }
            Map<String, List<Value>> fields = new LinkedHashMap<>();
            each.properties().forEach(field -> fields.put(Shown.line(field.getKey()), values(id, field)));
            if (objects.put(id, new PipelineObject(id, fields)) != null) {
                throw new IllegalArgumentException("has two objects with the id " + id + ": take one away");
            }
        }
        return objects;
    }

    private static List<Value> values(String id, Map.Entry<String, JsonNode> field) {
        List<Value> values = new ArrayList<>();
        for (JsonNode each : field.getValue().isArray() ? field.getValue() : List.of(field.getValue())) {
            Value value = each.isObject() ? new Value(text(each.path("ref")), true) : new Value(text(each), false);
            if (value.text().length() > LONGEST) {
                throw new IllegalArgumentException("has " + value.text().length() + " characters in field "
                        + Shown.line(field.getKey()) + " of " + id + ": Data Pipeline takes " + LONGEST);
            }
            if (!value.text().isEmpty()) {
                values.add(value);
            }
        }
        return values;
    }

    /** An empty value is none: the console writes it for what was left open. */
    private static Map<String, List<String>> parameters(JsonNode parameters, JsonNode given) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (JsonNode parameter : parameters) {
            put(values, text(parameter.path("id")), parameter.path("default"));
        }
        given.properties().forEach(value -> put(values, value.getKey(), value.getValue()));
        return values;
    }

    private static void put(Map<String, List<String>> values, String id, JsonNode value) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            String text = text(each);
            if (!text.isEmpty() && text.length() <= LONGEST) {
                texts.add(text);
            }
        }
        if (!texts.isEmpty()) {
            values.put(id, texts);
        }
    }

    /** On one line, whatever is in it. */
    private static String text(JsonNode node) {
        return Shown.line(node.asText("").replaceAll("[\\s\\u0085\\u2028\\u2029]", " "))
                .strip();
    }
}
