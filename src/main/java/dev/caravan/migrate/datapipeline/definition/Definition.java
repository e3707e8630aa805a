package dev.caravan.migrate.datapipeline.definition;

import dev.caravan.migrate.datapipeline.definition.PipelineObject.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pipeline's definition: its objects, which name one another, and the values of its parameters. A field that an object doesn't have comes from its
 * {@code parent}, and at last from the object {@code Default}.
 */
public final class Definition {
    private static final String DEFAULT = "Default";
    private static final Set<String> ONES_OWN = Set.of("id", "name", "type", "parent");
    private static final Pattern NAMED = Pattern.compile("#\\{\\s*([\\w.]+)\\s*}");

    private final Map<String, PipelineObject> objects;
    private final Map<String, List<String>> parameters;
    private final Set<String> secrets = new HashSet<>();

    /** @param parameters by their ids, with the values that they have, or else with their defaults */
    Definition(Map<String, PipelineObject> objects, Map<String, List<String>> parameters) {
        this.objects = objects;
        this.parameters = parameters;
        for (PipelineObject object : objects.values()) {
            object.fields().forEach((field, values) -> {
                if (isSecret(field)) {
                    values.forEach(value -> noteSecrets(value.text()));
                }
            });
        }
    }

    /** What begins with an asterisk is encrypted there, and never read here. */
    static boolean isSecret(String name) {
        return name.startsWith("*");
    }

    /** All, in their order. */
    public Collection<PipelineObject> objects() {
        return objects.values();
    }

    /** The one with that id. */
    public Optional<PipelineObject> object(String id) {
        return Optional.ofNullable(objects.get(id));
    }

    /** Those of one of these types. */
    public List<PipelineObject> ofType(String... types) {
        return objects.values().stream().filter(object -> object.is(types)).toList();
    }

    /** What all objects take that don't say otherwise. */
    public Optional<PipelineObject> defaults() {
        return object(DEFAULT);
    }

    /** The values of a field, the object's own or inherited; none if it has none. */
    public List<Value> values(PipelineObject object, String field) {
        Set<String> seen = new HashSet<>();
        Optional<PipelineObject> next = Optional.of(object);
        while (next.isPresent() && seen.add(next.get().id())) {
            List<Value> values = next.get().fields().getOrDefault(field, List.of());
            if (!values.isEmpty() || ONES_OWN.contains(field)) {
                return values;
            }
            next = parent(next.get());
        }
        return defaults()
                .map(all -> all.fields().getOrDefault(field, List.of()))
                .orElse(List.of());
    }

    /** The objects that a field names, as far as there are such; {@code "field": "id"} is taken as well. */
    public List<PipelineObject> refs(PipelineObject object, String field) {
        List<PipelineObject> found = new ArrayList<>();
        for (Value value : values(object, field)) {
            object(value.text()).ifPresent(found::add);
        }
        return found;
    }

    /** The first of them. */
    public Optional<PipelineObject> ref(PipelineObject object, String field) {
        return refs(object, field).stream().findFirst();
    }

    /** A parameter's values; empty if there is no such, or it has none. */
    List<String> parameter(String id) {
        return parameters.getOrDefault(id, List.of());
    }

    /** Whether a parameter or a field holds what a field with an asterisk is made of. */
    boolean holdsSecret(String name) {
        return isSecret(name) || secrets.contains(name);
    }

    private Optional<PipelineObject> parent(PipelineObject object) {
        return object.fields().getOrDefault("parent", List.of()).stream()
                .flatMap(value -> object(value.text()).stream())
                .findFirst();
    }

    /** What is written in fields and parameters that are secrets; nothing of it may be seen. */
    public List<String> secretTexts() {
        List<String> texts = new ArrayList<>();
        parameters.forEach((id, values) -> {
            if (holdsSecret(id)) {
                texts.addAll(values);
            }
        });
        for (PipelineObject object : objects.values()) {
            object.fields().forEach((field, values) -> {
                if (holdsSecret(field)) {
                    values.stream().filter(value -> !value.isRef()).forEach(value -> texts.add(value.text()));
                }
            });
        }
        return texts;
    }

    /** What a field with an asterisk takes its value from may have none itself. */
    private void noteSecrets(String text) {
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            String name = named.group(1).substring(named.group(1).lastIndexOf('.') + 1);
            if (secrets.add(name)) {
                parameter(name).forEach(this::noteSecrets);
            }
        }
    }
}
