package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Commands;
import dev.caravan.doctor.Proof;
import dev.caravan.feed.Feed;
import dev.caravan.load.NoLoadWindows;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's tables and commands match what is there. */
class ReadmeTest {
    private final String readme = read("README.md");

    @Test
    void namesEveryFeedPropertyAndNoOther() {
        Set<String> properties = Arrays.stream(Feed.class.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("set"))
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(firstColumn("### Feed properties")).isEqualTo(properties);
    }

    @Test
    void namesEverySettingAndNoOther_withItsDefault() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("application.properties"))) {
            properties.load(in);
        }
        Set<String> settings = properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith("caravan."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(firstColumn("### Settings")).isEqualTo(settings);
        for (String setting : settings) {
            String value = properties.getProperty(setting);
            String row = rows("### Settings")
                    .filter(line -> line.startsWith("| `" + setting + "` "))
                    .findFirst()
                    .orElseThrow();
            assertThat(row).endsWith(value.isEmpty() ? "| – |" : "| `" + value + "` |");
        }
    }

    @Test
    void namesEveryRouteAndNoOther() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            Set<String> routes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".camel.yaml"))
                    .map(name -> name.replace(".camel.yaml", ""))
                    .filter(name -> !Set.of("errors", "feeds").contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(firstColumn("### Routes")).isEqualTo(routes);
        }
    }

    @Test
    void namesEveryCommandAndNoOther() {
        assertThat(firstColumn("### Commands").stream().map(command -> command.replaceFirst(" <.*", "")))
                .containsExactlyInAnyOrderElementsOf(
                        Commands.names().stream().map(name -> "caravan " + name).toList());
    }

    @Test
    void namesEveryAssertionThatDoctorTries_inItsOrder() {
        assertThat(rows("### Proven and unproven")
                        .map(line -> line.split(" \\| ", -1)[0] + " | " + line.split(" \\| ", -1)[1]))
                .containsExactlyElementsOf(Arrays.stream(Proof.values())
                        .map(proof -> "| `" + proof.word() + "` | " + proof.assertion())
                        .toList());
    }

    @Test
    void itsWindowsWithoutLoadsAreUnderstood() {
        Matcher example = Pattern.compile("```properties\n" + NoLoadWindows.SETTING + "=(.*)\n```")
                .matcher(readme);
        assertThat(example.find()).isTrue();
        assertThat(NoLoadWindows.of(example.group(1)).faults()).isEmpty();
    }

    @Test
    void itsCommandsAreThere() {
        assertThat(readme)
                .contains("\n./caravan demo\n", "\n./caravan chaos\n", "\n./caravan bench\n", "\n./mvnw verify\n");
        assertThat(Path.of("caravan")).isExecutable();
        assertThat(Path.of("mvnw")).isExecutable();
        assertThat(read(".ci/run")).contains("./mvnw -B verify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "src/docs/known-limits.md"})
    void linksLeadSomewhere(String page) {
        assertThat(Pattern.compile("]\\(([^)#\\s]*)(?:#([^)]*))?\\)")
                        .matcher(read(page))
                        .results())
                .filteredOn(link -> !link.group(1).startsWith("http"))
                .isNotEmpty()
                .allSatisfy(link -> {
                    Path file = link.group(1).isEmpty()
                            ? Path.of(page)
                            : Path.of(page).resolveSibling(link.group(1));
                    assertThat(file).exists();
                    if (link.group(2) != null) {
                        assertThat(headings(file.toString())).contains(link.group(2));
                    }
                });
    }

    /** As GitHub names them in links. */
    private static Set<String> headings(String page) {
        return Pattern.compile("^#+ (.*)$", Pattern.MULTILINE)
                .matcher(read(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void everyTestThatInvariantsNameExists() throws IOException {
        Matcher tests = Pattern.compile("`(\\w+(?:Test|IT))`").matcher(read("INVARIANTS.md"));
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Set<String> there = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            assertThat(tests.results().map(test -> test.group(1) + ".java"))
                    .isNotEmpty()
                    .allMatch(there::contains);
        }
    }

    private Set<String> firstColumn(String section) {
        return rows(section)
                .map(line -> line.substring(line.indexOf('`') + 1))
                .map(line -> line.substring(0, line.indexOf('`')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> rows(String section) {
        int start = readme.indexOf("\n" + section);
        assertThat(start).as("section " + section).isPositive();
        int end = readme.indexOf("\n### ", start + 5);
        return readme.substring(start, end < 0 ? readme.length() : end).lines().filter(line -> line.startsWith("| `"));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
