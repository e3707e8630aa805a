package dev.caravan.migrate.rin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The templates of a configuration, which Rin reads with go-config (<a href="https://github.com/kayac/go-config/blob/master/config.go">{@code DefaultFuncMap}</a>).
 * {@code {{ must_env "NAME" }}} is an environment variable, and Rin doesn't start if there is none, nor does Caravan with Camel's {@code {{env:NAME}}}; one that is there
 * and empty is taken by both. {@code {{ env "NAME" "text" }}} is the variable, or the text if that isn't there or, other than in Camel, empty;
 * {@code {{ env "NAME" }}} is then its name. Camel looks for a variable by its name in capitals. While feeds are drafted, words stand in the templates' place.
 */
final class Templates {
    /** What words begin with, of letters that buckets, tables and clusters may have in their names. */
    private static final String WORD = "fromenv";

    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{-?\\s*(.*?)\\s*-?}}");
    private static final String TEXT = "\\s+(?:\"([^\"\\\\]*)\"|`([^`]*)`)";
    private static final Pattern MUST_ENV = Pattern.compile("must_env" + TEXT);
    private static final Pattern ENV = Pattern.compile("env" + TEXT + "(?:" + TEXT + ")?");

    private final Map<String, String> placeholders = new LinkedHashMap<>();
    private final List<String> steps = new ArrayList<>();

    /**
     * The configuration with a word in the place of each template.
     *
     * @throws IllegalArgumentException for one that is something else
     */
    String taken(String yaml) {
        return TEMPLATE.matcher(yaml)
                .replaceAll(found -> Matcher.quoteReplacement(word(found.group(), found.group(1))));
    }

    /** A text with Camel's placeholders in the place of the words. */
    String written(String text) {
        String written = text;
        List<String> longestFirst = placeholders.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        for (String word : longestFirst) {
            written = written.replace(word, placeholders.getOrDefault(word, word));
        }
        return written;
    }

    /** Whether a template stands in a text. */
    boolean isIn(String text) {
        return !written(text).equals(text);
    }

    /** What a person should know of them, each once. */
    List<String> steps() {
        return steps;
    }

    private String word(String whole, String call) {
        Matcher must = MUST_ENV.matcher(call);
        Matcher env = ENV.matcher(call);
        if (must.matches()) {
            String name = text(must, 1);
            return word(
                    whole,
                    name,
                    "{{env:" + name + "}}",
                    "must be set where Caravan runs, else it doesn't start, as Rin");
        }
        if (env.matches()) {
            String name = text(env, 1);
            boolean hasDefault = env.group(3) != null || env.group(4) != null;
            String otherwise = hasDefault ? text(env, 3) : name;
            return word(
                    whole,
                    name,
                    "{{env:" + name + ":" + otherwise + "}}",
                    "is '" + otherwise
                            + "' where it isn't set, as in Rin; where it is empty, which Rin takes for not set,"
                            + " it stays empty");
        }
        throw new IllegalArgumentException("has a template that only Rin understands, " + whole
                + ": write its value there, in a copy, and import that");
    }

    private String word(String whole, String name, String placeholder, String words) {
        for (Map.Entry<String, String> each : placeholders.entrySet()) {
            if (each.getValue().equals(placeholder)) {
                return each.getKey();
            }
        }
        String plain = WORD + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String word = plain;
        for (int i = 2; placeholders.containsKey(word); i++) {
            word = plain + i;
        }
        placeholders.put(word, placeholder);
        String asked = name.toUpperCase(Locale.ROOT);
        steps.add(whole + " is " + placeholder + " here: the environment variable " + asked
                + (asked.equals(name) ? " " : ", which Camel reads in capitals only, ") + words);
        return word;
    }

    private static String text(Matcher found, int group) {
        return found.group(group) != null ? found.group(group) : found.group(group + 1);
    }
}
