package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.batch.ExchangeProperties;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What steps share by name is known by name: a property that a route names is one of the table's, in code and in the docs. */
class ExchangePropertiesTest {
    private static final Pattern NAMED = Pattern.compile(
            "exchangeProperty\\.(\\w+)|exchangeProperty: (\\w+)|setProperty: \\{[^}]*\\bname: (\\w+)|exchangeProperty\\(\"(\\w+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    @Test
    void whatRoutesNameIsThere() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path file : routes()) {
            named.addAll(groups(NAMED, Files.readString(file)));
        }
        assertThat(named)
                .contains("cluster", "manifestKey", "failure", "batchKey", "topic")
                .isSubsetOf(known());
    }

    @Test
    void theDocsHaveEach_andNoOther() throws IOException {
        assertThat(groups(ROW, Files.readString(Path.of("docs/reference/exchange-properties.md"))))
                .containsExactlyInAnyOrderElementsOf(known());
    }

    /** A name that is written again beside its constant would not change with it. */
    @Test
    void stepsNameThemByTheirConstants() throws IOException {
        Pattern literal = Pattern.compile("(?:get|set|remove)Property\\(\\s*\"(\\w+)\"");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                assertThat(groups(literal, Files.readString(file)))
                        .as(file.toString())
                        .doesNotContainAnyElementsOf(known());
            }
        }
    }

    private static Set<String> known() {
        Set<String> names = new TreeSet<>();
        for (Field field : ExchangeProperties.class.getFields()) {
            try {
                assertThat(names.add((String) field.get(null)))
                        .as(field.getName())
                        .isTrue();
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return names;
    }

    /** Those in YAML, and those in Java. */
    private static List<Path> routes() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String folder : List.of("routes", "src/main/java/dev/caravan/load")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().matches(".*(\\.camel\\.yaml|Route\\.java)"))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static Set<String> groups(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    found.add(matcher.group(group));
                }
            }
        }
        return found;
    }
}
