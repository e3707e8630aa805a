package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Commands;
import dev.caravan.feed.property.FeedProperties;
import dev.caravan.operate.doctor.trial.Proof;
import dev.caravan.operate.reload.JavaRoutes;
import dev.caravan.redshift.admission.NoLoadWindows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages' tables and commands match what is there, and their links lead somewhere. */
class DocsTest {
    private static final int MOST_LINES_OF_THE_README = 250;
    private static final String INDEX = "docs/README.md";
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)]*))?\\)");
    private static final Pattern TEST = Pattern.compile("`([A-Z][a-z]\\w*(?:Test|IT))`");

    @Test
    void theyNameEveryFeedPropertyAndNoOther() {
        assertThat(firstColumn("docs/reference/feed-properties.md")).isEqualTo(FeedProperties.ALL.names());
    }

    @Test
    void theyNameEverySettingAndNoOther_withItsDefault() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("application.properties"))) {
            properties.load(in);
        }
        Set<String> settings = properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith("caravan."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(firstColumn("docs/reference/settings.md")).isEqualTo(settings);
        for (String setting : settings) {
            String value = properties.getProperty(setting);
            String row = rows("docs/reference/settings.md")
                    .filter(line -> line.startsWith("| `" + setting + "` "))
                    .findFirst()
                    .orElseThrow();
            assertThat(row).endsWith(value.isEmpty() ? "| – |" : "| `" + value + "` |");
        }
    }

    @Test
    void theyNameEveryRouteAndNoOther() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            Set<String> routes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".camel.yaml"))
                    .map(name -> name.replace(".camel.yaml", ""))
                    .filter(name -> !Set.of("errors", "feeds").contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));
            routes.addAll(JavaRoutes.ids());
            assertThat(firstColumn("docs/reference/routes.md")).isEqualTo(routes);
        }
    }

    @Test
    void theyNameEveryCommandAndNoOther() {
        assertThat(firstColumn("docs/reference/commands.md").stream().map(command -> command.replaceFirst(" <.*", "")))
                .containsExactlyInAnyOrderElementsOf(
                        Commands.names().stream().map(name -> "caravan " + name).toList());
    }

    @Test
    void theyNameEveryAssertionThatDoctorTries_inItsOrder() {
        assertThat(rows("docs/explanation/proven-and-unproven.md")
                        .map(line -> line.split(" \\| ", -1)[0] + " | " + line.split(" \\| ", -1)[1]))
                .containsExactlyElementsOf(Arrays.stream(Proof.values())
                        .map(proof -> "| `" + proof.word() + "` | " + proof.assertion())
                        .toList());
    }

    @Test
    void theirWindowsWithoutLoadsAreUnderstood() {
        Matcher example = Pattern.compile("```properties\n" + NoLoadWindows.SETTING + "=(.*)\n```")
                .matcher(read("docs/how-to/plan-times-without-loads.md"));
        assertThat(example.find()).isTrue();
        assertThat(NoLoadWindows.of(example.group(1)).faults()).isEmpty();
    }

    @Test
    void theirCommandsAreThere() {
        assertThat(read("README.md")).contains("\n./caravan demo\n", "\n./mvnw verify\n");
        assertThat(read("docs/how-to/try-to-break-it.md")).contains("\n./caravan chaos\n");
        assertThat(read("docs/explanation/speed.md")).contains("\n./caravan bench\n");
        assertThat(Path.of("caravan")).isExecutable();
        assertThat(Path.of("mvnw")).isExecutable();
        assertThat(read(".ci/run")).contains("./mvnw -B verify");
    }

    @Test
    void howToStartFasterGivesJavaTheOptionsThatTheLauncherGivesIt() throws IOException {
        List<String> launched = Files.readAllLines(Path.of("caravan")).stream()
                .filter(line -> line.contains("exec ") && line.endsWith("-jar target/caravan.jar \"$@\""))
                .map(line ->
                        line.replaceFirst(".*\"\\$java\" (.*) -jar .*", "$1").replace("\"$archive\"", "caravan.jsa"))
                .toList();
        assertThat(launched).hasSize(2);
        assertThat(Files.readString(Path.of("docs/how-to/start-faster.md")))
                .contains(launched.stream().map(options -> "`" + options + "`").toList());
    }

    @Test
    void theReadmeIsShort() {
        assertThat(read("README.md").lines()).hasSizeLessThanOrEqualTo(MOST_LINES_OF_THE_README);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(String page) {
        assertThat(links(page)).isNotEmpty().allSatisfy(link -> {
            Path file = target(page, link);
            assertThat(file).exists();
            if (link.group(2) != null) {
                assertThat(headings(file.toString())).contains(link.group(2));
            }
        });
    }

    @Test
    void everyPageIsReachedFromTheIndex() throws IOException {
        Set<String> reached = new TreeSet<>(Set.of(INDEX));
        Deque<String> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            String page = next.remove();
            links(page).stream()
                    .map(link -> target(page, link).toString())
                    .filter(file -> file.endsWith(".md") && reached.add(file))
                    .forEach(next::add);
        }
        assertThat(reached).containsAll(pages());
    }

    @Test
    void everyTestThatInvariantsNameExists() throws IOException {
        assertThat(tests("INVARIANTS.md")).isNotEmpty();
        Set<String> there;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            there = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
        for (String page : pages()) {
            assertThat(tests(page)).as(page).allMatch(there::contains);
        }
    }

    /** All that are for people, by their paths. */
    static List<String> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> root = Files.list(Path.of(""))) {
            return Stream.concat(root, docs)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> tests(String page) {
        return TEST.matcher(read(page))
                .results()
                .map(test -> test.group(1) + ".java")
                .toList();
    }

    /** Those that stay in the checkout. */
    private static List<MatchResult> links(String page) {
        return LINK.matcher(read(page))
                .results()
                .filter(link -> !link.group(1).startsWith("http"))
                .toList();
    }

    private static Path target(String page, MatchResult link) {
        return link.group(1).isEmpty()
                ? Path.of(page)
                : Path.of(page).resolveSibling(link.group(1)).normalize();
    }

    /** As GitHub names them in links. */
    private static Set<String> headings(String page) {
        return Pattern.compile("^#+ (.*)$", Pattern.MULTILINE)
                .matcher(read(page).replaceAll("(?ms)^```.*?^```$", ""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Set<String> firstColumn(String page) {
        return rows(page)
                .map(line -> line.substring(line.indexOf('`') + 1))
                .map(line -> line.substring(0, line.indexOf('`')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of its tables whose first column is a name. */
    private static Stream<String> rows(String page) {
        return read(page).lines().filter(line -> line.startsWith("| `"));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
