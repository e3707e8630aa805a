package dev.caravan.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.caravan.base.Fault;
import dev.caravan.feed.Feed;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the schemas for editors take and refuse: all beans of the pages and of the shipped routes are good, and no schema minds the others' beans. */
class SchemaTest {
    private static final List<String> SCHEMAS = List.of(
            "docs/reference/feeds.schema.json",
            "docs/reference/syncs.schema.json",
            "docs/reference/mirrors.schema.json");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
    private static final YAMLMapper YAML = new YAMLMapper();
    /** What {@code application.properties} says for all syncs and mirrors. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "caravan.clusters", "redshift",
            "caravan.iam-role", "default",
            "caravan.copy-credentials", "role",
            "caravan.manifest-prefix", "caravan-manifests/manifests");

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
        assertThat(faults(yaml)).isEmpty();
    }

    static List<String> everyFeedOfThePagesIsGood() throws IOException {
        return blocks(Feed.class);
    }

    @ParameterizedTest
    @MethodSource
    void everySyncOfThePagesIsGood_alsoByTheRulesOfAStart(String yaml) throws IOException {
        assertThat(faults(yaml)).isEmpty();
        Map<String, TableSync> syncs = new TreeMap<>();
        for (JsonNode bean : YAML.readTree(yaml).path(0).path("beans")) {
            if (bean.path("type").asText().equals(TableSync.class.getName())) {
                TableSync sync = new TableSync();
                bean.path("properties")
                        .properties()
                        .forEach(property ->
                                sync.set(property.getKey(), property.getValue().asText()));
                syncs.put(bean.path("name").asText(), sync);
            }
        }
        assertThat(new Syncs(() -> syncs, DEFAULTS).faults())
                .extracting(Fault::key, Fault::value, Fault::advice)
                .isEmpty();
        assertThat(syncs).isNotEmpty();
    }

    static List<String> everySyncOfThePagesIsGood_alsoByTheRulesOfAStart() throws IOException {
        return blocks(TableSync.class);
    }

    @ParameterizedTest
    @MethodSource
    void everyMirrorOfThePagesIsGood_alsoByTheRulesOfAStart(String yaml) throws IOException {
        assertThat(faults(yaml)).isEmpty();
        Map<String, TableMirror> mirrors = new TreeMap<>();
        for (JsonNode bean : YAML.readTree(yaml).path(0).path("beans")) {
            if (bean.path("type").asText().equals(TableMirror.class.getName())) {
                TableMirror mirror = new TableMirror();
                bean.path("properties")
                        .properties()
                        .forEach(property -> mirror.set(property.getKey(), text(property.getValue())));
                mirrors.put(bean.path("name").asText(), mirror);
            }
        }
        assertThat(new Mirrors(() -> mirrors, DEFAULTS).faults())
                .extracting(Fault::key, Fault::value, Fault::advice)
                .isEmpty();
        assertThat(mirrors).isNotEmpty();
    }

    static List<String> everyMirrorOfThePagesIsGood_alsoByTheRulesOfAStart() throws IOException {
        return blocks(TableMirror.class);
    }

    /** A map as the text that it stands for. */
    private static String text(JsonNode value) {
        return value.isObject()
                ? value.properties().stream()
                        .map(part -> part.getKey() + "=" + part.getValue().asText())
                        .collect(Collectors.joining(", "))
                : value.asText();
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

    @ParameterizedTest
    @ValueSource(
            strings = {"mod: full", "mode: half", "zeroDates: zero", "overlap: 5", "createTable: maybe", "json: xml"})
    void whatIsWrongInASyncIsRefused(String property) throws IOException {
        assertThat(faults(sync(property))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: incremental",
                "zeroDates: null",
                "zeroDates: 'null'",
                "overlap: 90s",
                "createTable: false",
                "maxDeletes: '20'",
                "writeMode: overwriteExisting",
            })
    void whatIsGoodInASyncIsTaken(String property) throws IOException {
        assertThat(faults(sync(property))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"colums: id", "columns: [id]", "columns: {id: {to: id}}", "firstLoad: later", "keepSnapshots: 0"
            })
    void whatIsWrongInAMirrorIsRefused(String property) throws IOException {
        assertThat(faults(mirror(property))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "columns: {id: id, name: company_name}",
                "columns: id, name=company_name",
                "onColumnChange: ignoreNew",
                "maxDeletes: 5%",
                "keepSnapshots: 3",
            })
    void whatIsGoodInAMirrorIsTaken(String property) throws IOException {
        assertThat(faults(mirror(property))).isEmpty();
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

    private static String sync(String property) {
        return """
                - beans:
                    - name: shop
                      type: dev.caravan.pipeline.tabletoredshift.sync.TableSync
                      properties:
                        source: shopDb
                        tables: shop.*
                        %s
                """.formatted(property);
    }

    private static String mirror(String property) {
        return """
                - beans:
                    - name: companies
                      type: dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror
                      properties:
                        source: redshift
                        table: public.companies
                        keys: id
                        target: app
                        targetTable: public.companies
                        %s
                """.formatted(property);
    }

    /** Those of the pages in which beans of a type stand. */
    private static List<String> blocks(Class<?> type) throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .flatMap(page -> BLOCK.matcher(read(page)).results())
                    .map(block -> block.group(1))
                    .filter(yaml -> yaml.contains(type.getName()))
                    .map(yaml -> yaml.startsWith("- beans:") ? yaml : "- beans:\n" + yaml)
                    .toList();
        }
    }

    /** What any of the schemas minds. */
    private static List<String> faults(String yaml) throws IOException {
        JsonNode node = YAML.readTree(yaml);
        return SCHEMAS.stream()
                .flatMap(schema ->
                        JsonSchemaFactory.getInstance(VersionFlag.V7)
                                .getSchema(read(Path.of(schema)))
                                .validate(node)
                                .stream())
                .map(fault -> fault.getMessage())
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
