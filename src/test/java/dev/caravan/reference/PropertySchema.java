package dev.caravan.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.PropertySet;
import dev.caravan.base.property.Shape;

/**
 * What an editor may know of route YAML in which beans of one type stand: their properties. Whatever else is in the file is left to Camel's own schema.
 */
final class PropertySchema {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A whole text that Camel replaces, or one with such a part. */
    private static final String PLACEHOLDER = "\\{\\{.+\\}\\}";

    private PropertySchema() {}

    static ObjectNode of(String type, String title, PropertySet properties) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", title);
        schema.put("type", "array");
        ObjectNode step = schema.putObject("items");
        ObjectNode beans = step.putObject("properties").putObject("beans");
        beans.put("type", "array");
        ObjectNode bean = beans.putObject("items");
        ObjectNode typed = bean.putObject("if");
        typed.putArray("required").add("type");
        typed.putObject("properties")
                .putObject("type")
                .putArray("enum")
                .add(type)
                .add("#class:" + type);
        ObjectNode then = bean.putObject("then");
        then.putArray("required").add("name").add("properties");
        then.putObject("properties").putObject("properties").put("$ref", "#/definitions/properties");
        schema.putObject("definitions").set("properties", properties(properties));
        return schema;
    }

    private static ObjectNode properties(PropertySet properties) {
        ObjectNode bean = JSON.createObjectNode();
        bean.put("type", "object");
        bean.put("additionalProperties", false);
        ArrayNode required = bean.putArray("required");
        properties.all().stream().filter(Property::isNeeded).forEach(property -> required.add(property.name()));
        ObjectNode all = bean.putObject("properties");
        properties.all().forEach(property -> all.set(property.name(), property(property)));
        return bean;
    }

    private static ObjectNode property(Property<?> property) {
        ObjectNode node = JSON.createObjectNode();
        node.put("description", property.whatInWords() + ". Default: " + property.otherwiseInWords() + ".");
        if (!property.writtenDefault().isEmpty()) {
            node.put("default", property.writtenDefault());
        }
        if (!property.example().isEmpty()) {
            node.putArray("examples").add(property.example());
        }
        Shape shape = property.form().shape();
        if (property.hasParts()) {
            ArrayNode either = node.putArray("anyOf");
            either.addObject().put("type", "string");
            either.addObject()
                    .put("type", "object")
                    .putObject("additionalProperties")
                    .put("type", "string");
            return node;
        }
        if (shape.equals(Shape.TEXT)) {
            node.put("type", "string");
            return node;
        }
        ArrayNode any = node.putArray("anyOf");
        if (!shape.words().isEmpty()) {
            ArrayNode words = any.addObject().putArray("enum");
            shape.words().forEach(words::add);
            if (shape.words().contains("true")) {
                words.add(true).add(false);
            }
            if (shape.words().contains("null")) {
                words.addNull(); // as YAML takes that word, unless it stands in quotes
            }
        }
        shape.range().ifPresent(range -> {
            ObjectNode number = any.addObject().put("type", "integer").put("minimum", range.least());
            if (range.most() < Long.MAX_VALUE) {
                number.put("maximum", range.most());
            }
            any.add(text("^[0-9]+$"));
        });
        shape.pattern().ifPresent(pattern -> any.add(text(pattern)));
        any.add(text(PLACEHOLDER));
        return node;
    }

    private static JsonNode text(String pattern) {
        return JSON.createObjectNode().put("type", "string").put("pattern", pattern);
    }
}
