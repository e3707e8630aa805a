package dev.caravan.migrate.datapipeline.definition;

import java.util.List;
import java.util.Map;

/**
 * An object of a definition.
 *
 * @param fields its fields in their order, each with one value or several
 */
public record PipelineObject(String id, Map<String, List<Value>> fields) {
    /**
     * A value of a field.
     *
     * @param isRef whether it is the id of another object
     */
    public record Value(String text, boolean isRef) {}

    /** Empty if it has none, as {@code Default}. */
    public String type() {
        return plain("type");
    }

    /** For people: its type and its name. */
    public String label() {
        return (type() + " " + title()).strip();
    }

    /** Its name, which the console gives beside an id that says nothing. */
    public String title() {
        return plain("name").isEmpty() ? id : plain("name");
    }

    /** Whether it is of one of these types. */
    public boolean is(String... types) {
        return List.of(types).contains(type());
    }

    private String plain(String field) {
        List<Value> values = fields.getOrDefault(field, List.of());
        return values.isEmpty() ? "" : values.get(0).text();
    }
}
