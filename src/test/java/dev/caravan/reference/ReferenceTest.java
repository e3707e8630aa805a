package dev.caravan.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.caravan.feed.Feed;
import dev.caravan.feed.property.FeedProperties;
import dev.caravan.startup.setting.AllSettings;
import dev.caravan.startup.setting.FirstSettings;
import dev.caravan.startup.setting.FurtherSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages and an editor say of feeds' properties and of settings is what their descriptions say. With {@code -Dwrite.docs=true} both are written anew. */
class ReferenceTest {
    private static final Path PAGE = Path.of("docs/reference/feed-properties.md");
    private static final Path SETTINGS = Path.of("docs/reference/settings.md");
    private static final Path SCHEMA = Path.of("docs/reference/feeds.schema.json");
    private static final String HOW = "write it anew: ./mvnw test -Dtest=ReferenceTest -Dwrite.docs=true";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void thePageHasTheTableOfFeedProperties() throws IOException {
        isWritten(PAGE, PropertyTable.in(Files.readString(PAGE), "# Feed properties", "property", FeedProperties.ALL));
    }

    @Test
    void thePageHasTheTablesOfSettings() throws IOException {
        String first = PropertyTable.in(Files.readString(SETTINGS), "## Consider these", "key", FirstSettings.ALL);
        isWritten(SETTINGS, PropertyTable.in(first, "## Less often changed", "key", FurtherSettings.ALL));
    }

    @Test
    void theShippedFileSaysEachSettingsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            shipped.load(file);
        }
        assertThat(AllSettings.ALL.all()).allSatisfy(setting -> {
            String value = shipped.getProperty(setting.name());
            assertThat(value).as(setting.name()).isNotNull();
            assertThat(setting.otherwise()).as(setting.name()).isEqualTo(value.isEmpty() ? "–" : "`" + value + "`");
        });
    }

    @Test
    void theSchemaIsTheOneOfFeedProperties() throws IOException {
        JsonNode schema = PropertySchema.of(
                Feed.class.getName(), "Route YAML in which Caravan's feeds stand", FeedProperties.ALL);
        isWritten(
                SCHEMA,
                JsonMapper.builder()
                                .enable(SerializationFeature.INDENT_OUTPUT)
                                .build()
                                .writeValueAsString(schema)
                        + "\n");
    }

    @Test
    void everyRouteFileThatIsShippedIsGood() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")).toList())
                    .isNotEmpty()
                    .allSatisfy(
                            file -> assertThat(faults(Files.readString(file))).isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource
    void everyFeedOfThePagesIsGood(String yaml) throws IOException {
        assertThat(faults(yaml.startsWith("- beans:") ? yaml : "- beans:\n" + yaml))
                .isEmpty();
    }

    static List<String> everyFeedOfThePagesIsGood() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .flatMap(page -> BLOCK.matcher(read(page)).results())
                    .map(block -> block.group(1))
                    .filter(yaml -> yaml.contains(Feed.class.getName()))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batchSise: 10",
                "batchSize: 0",
                "batchSize: 100001",
                "batchSize: many",
                "batchBytes: 1 GB",
                "batchTimeout: 5",
                "onBadFile: skip",
                "discard: maybe",
                "table: {name: web}",
            })
    void whatIsWrongIsRefused(String property) throws IOException {
        assertThat(faults(feed(property))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batchSize: auto",
                "batchSize: '7'",
                "batchSize: '{{web.size}}'",
                "batchBytes: 1048576",
                "batchBytes: 1gb",
                "batchTimeout: 500ms",
                "onBadFile: fail",
                "discard: true",
                "masterSymmetricKey: '{{env:WEB_KEY}}'",
            })
    void whatIsGoodIsTaken(String property) throws IOException {
        assertThat(faults(feed(property))).isEmpty();
    }

    @Test
    void otherBeansAndRoutesAreLeftToCamel() throws IOException {
        assertThat(faults("""
                        - beans:
                            - name: redshift
                              type: com.zaxxer.hikari.HikariDataSource
                              properties:
                                jdbcUrl: jdbc:redshift://c/d
                        - route:
                            id: other
                        """)).isEmpty();
    }

    private static String feed(String property) {
        return """
                - beans:
                    - name: web
                      type: dev.caravan.feed.Feed
                      properties:
                        prefix: landing/web/
                        %s
                """.formatted(property);
    }

    private static List<String> faults(String yaml) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(Files.readString(SCHEMA));
        return schema.validate(YAML.readTree(yaml)).stream()
                .map(fault -> fault.getMessage())
                .toList();
    }

    private static void isWritten(Path file, String text) throws IOException {
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(file, text);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "").as(HOW).isEqualTo(text);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
