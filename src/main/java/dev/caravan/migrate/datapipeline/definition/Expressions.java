package dev.caravan.migrate.datapipeline.definition;

import dev.caravan.migrate.datapipeline.definition.PipelineObject.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts of a definition with values in the place of expressions: of parameters, of the object's other fields, and of fields of objects that it names
 * (<a href="https://docs.aws.amazon.com/datapipeline/latest/DeveloperGuide/dp-pipeline-expressions.html">Expressions</a>). What only a run knows, what has
 * no value, secrets and what leads to itself stay as they are written.
 */
public final class Expressions {
    /** What stands between the braces is its group. */
    public static final Pattern EXPRESSION = Pattern.compile("#\\{([^{}]*)}");

    private static final Pattern PATH = Pattern.compile("[A-Za-z_@][\\w@.]{0,255}");
    private static final int DEEPEST = 12;
    private static final int MOST_STEPS = 500;

    private final Definition definition;
    private int steps;

    public Expressions(Definition definition) {
        this.definition = definition;
    }

    /** Whether something is left that has no value yet. */
    public static boolean isOpen(String text) {
        return text.contains("#{");
    }

    /** A field's text, several separated by commas; empty if there is none, or it names objects. */
    public String text(PipelineObject object, String field) {
        return String.join(",", texts(object, field));
    }

    /** A field's texts. */
    public List<String> texts(PipelineObject object, String field) {
        steps = 0;
        return texts(object, field, 0);
    }

    private List<String> texts(PipelineObject object, String field, int depth) {
        List<String> texts = new ArrayList<>();
        for (Value value : definition.values(object, field)) {
            if (!value.isRef()) {
                texts.add(resolved(object, value.text(), depth));
            }
        }
        return texts;
    }

    private String resolved(PipelineObject object, String text, int depth) {
        if (depth > DEEPEST || !isOpen(text)) {
            return text;
        }
        StringBuilder resolved = new StringBuilder();
        Matcher expression = EXPRESSION.matcher(text);
        while (expression.find()) {
            String value = ++steps > MOST_STEPS
                    ? expression.group()
                    : value(object, expression.group(1).strip(), depth).orElse(expression.group());
            expression.appendReplacement(resolved, Matcher.quoteReplacement(value));
            if (resolved.length() > DefinitionReader.LONGEST) {
                return text;
            }
        }
        return expression.appendTail(resolved).toString();
    }

    private Optional<String> value(PipelineObject object, String path, int depth) {
        if (!PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        String[] names = path.split("\\.", -1);
        PipelineObject at = object;
        for (int i = 0; i < names.length - 1; i++) {
            Optional<PipelineObject> next = definition.ref(at, names[i]);
            if (next.isEmpty() && !names[i].equals("parent")) {
                return Optional.empty();
            }
            at = next.orElse(at);
        }
        String last = names[names.length - 1];
        if (definition.holdsSecret(last)) {
            return Optional.empty();
        }
        if (last.equals("@id")) {
            return Optional.of(at.id());
        }
        List<String> texts = texts(at, last, depth + 1);
        if (texts.isEmpty() && names.length == 1) {
            texts = definition.parameter(last).stream()
                    .map(text -> resolved(object, text, depth + 1))
                    .toList();
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join(",", texts));
    }
}
