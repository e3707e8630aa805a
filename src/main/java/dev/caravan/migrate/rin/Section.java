package dev.caravan.migrate.rin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping of Rin's configuration. */
record Section(Map<String, Object> values) {

    static Section of(@Nullable Object yaml) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (yaml instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value != null) {
                    values.put(String.valueOf(name), value);
                }
            });
        }
        return new Section(values);
    }

    /** The text, number or truth value of that name; empty if there is none. */
    String text(String name) {
        Object value = values.get(name);
        return value == null || value instanceof Map || value instanceof List
                ? ""
                : value.toString().strip();
    }

    Section section(String name) {
        return of(values.get(name));
    }

    List<Section> list(String name) {
        List<Section> sections = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            list.forEach(each -> sections.add(of(each)));
        }
        return sections;
    }

    /** This with what only {@code others} say; an empty text says nothing, and neither does a 0. */
    Section or(Section others) {
        Map<String, Object> merged = new LinkedHashMap<>(others.values);
        values.forEach((name, value) -> {
            if (!List.of("", "0").contains(text(name)) || value instanceof Map || value instanceof List) {
                merged.put(name, value);
            }
        });
        return new Section(merged);
    }
}
