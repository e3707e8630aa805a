package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.operate.reload.JavaRoutes;
import dev.caravan.sandbox.RouteFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** Routes are what users read, edit and see in Hawtio: one name for each, in its file, its id and its address. */
class RoutesTest {
    private static final Path ROUTES = Path.of("routes");

    @Test
    void everyRouteIsNamedLikeItsFileAndItsAddress() throws Exception {
        for (Map.Entry<Path, RouteDefinition> route : routes().entrySet()) {
            String file = route.getKey().getFileName().toString().replace(".camel.yaml", "");
            RouteDefinition definition = route.getValue();
            assertThat(definition.getRouteId()).isEqualTo(file);
            String uri = definition.getInput().getEndpointUri();
            if (uri.startsWith("direct:")) {
                assertThat(uri).isEqualTo("direct:" + file);
            }
        }
    }

    @Test
    void everyRouteSaysWhatItDoesInOneSentenceAndToWhichPipelineItBelongs() throws Exception {
        for (Map.Entry<Path, RouteDefinition> route : routes().entrySet()) {
            RouteDefinition definition = route.getValue();
            String folder = route.getKey().getName(1).toString();
            assertThat(definition.getGroup()).as("group of " + route.getKey()).isEqualTo(RouteFile.group(folder));
            assertThat(definition.getDescription())
                    .as("description of " + route.getKey())
                    .matches("[A-Z].*\\.")
                    .hasSizeLessThan(160);
        }
    }

    @Test
    void thePipelinesHaveTheRoutesThatTheDocsName() throws Exception {
        assertThat(routes().keySet().stream()
                        .map(Path::getFileName)
                        .map(Path::toString)
                        .filter(file -> file.endsWith(".camel.yaml")))
                .containsExactlyInAnyOrder(
                        "receive.camel.yaml",
                        "batch.camel.yaml",
                        "load.camel.yaml",
                        "copy.camel.yaml",
                        "skipped.camel.yaml",
                        "notify.camel.yaml",
                        "announce.camel.yaml",
                        "tell.camel.yaml",
                        "park.camel.yaml",
                        "housekeeping.camel.yaml",
                        "reconcile.camel.yaml",
                        "sync.camel.yaml",
                        "plan-sync.camel.yaml",
                        "extract-table.camel.yaml",
                        "finish-sync.camel.yaml",
                        "end-sync.camel.yaml",
                        "mirror.camel.yaml",
                        "run-mirror.camel.yaml",
                        "compare.camel.yaml",
                        "unload.camel.yaml",
                        "apply.camel.yaml",
                        "end-mirror.camel.yaml");
        assertThat(JavaRoutes.ids()).containsExactlyInAnyOrder("explain", "search");
    }

    @Test
    void yamlHoldsNoScriptAndNoExpressionLongerThanALine() throws IOException {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                List<String> lines = Files.readAllLines(file);
                assertThat(lines).as(file.toString()).allMatch(line -> line.length() <= 140);
                assertThat(lines)
                        .as(file.toString())
                        .noneMatch(line -> line.matches(".*\\b(groovy|script|js|choice):.*"));
                assertThat(lines.get(0)).as(file.toString()).startsWith("# ");
            }
        }
    }

    /** Whoever adds a clause need not know where. */
    @Test
    void whatHandlesAnExceptionDoesNotHangOnTheOrderOfClauses() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            for (Path file : RouteFolders.files()) {
                if (file.endsWith("errors.camel.yaml")) {
                    PluginHelper.getRoutesLoader(context)
                            .loadRoutes(ResourceHelper.resolveResource(context, "file:" + file));
                }
            }
            assertThat(context.getRouteConfigurationDefinitions()).hasSize(14).allSatisfy(configuration -> {
                assertThat(configuration.getOnExceptions())
                        .as(configuration.getId())
                        .allMatch(clause -> clause.getOnWhen() == null);
                assertThat(configuration.getOnExceptions().stream().flatMap(clause -> clause.getExceptions().stream()))
                        .as(configuration.getId())
                        .doesNotHaveDuplicates();
            });
        }
    }

    /** What decides where a manifest goes is seen by who reads the route. */
    @Test
    void everyPutToS3IsGivenItsKeyByAStepOfItsOwn() throws Exception {
        List<ProcessorDefinition<?>> puts = routes().values().stream()
                .flatMap(route ->
                        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDynamicDefinition.class)
                                .stream())
                .filter(step -> step.getUri().startsWith("aws2-s3:"))
                .collect(Collectors.toList());
        assertThat(puts).hasSize(3).allSatisfy(put -> {
            List<ProcessorDefinition<?>> steps = put.getParent().getOutputs();
            assertThat(steps.subList(0, steps.indexOf(put)))
                    .filteredOn(SetHeaderDefinition.class::isInstance)
                    .extracting(step -> ((SetHeaderDefinition) step).getName())
                    .contains("CamelAwsS3Key");
        });
    }

    /** All of them are started together, and Camel wants each id once. */
    @Test
    void noTwoRoutesOrStepsThatAreShippedHaveOneId() throws Exception {
        assertThat(routes().values().stream()
                        .flatMap(route -> Stream.concat(
                                Stream.of(route.getRouteId()),
                                ProcessorDefinitionHelper.filterTypeInOutputs(
                                                route.getOutputs(), ProcessorDefinition.class)
                                        .stream()
                                        .map(step -> step.getId())))
                        .filter(Objects::nonNull))
                .hasSizeGreaterThan(50)
                .doesNotHaveDuplicates();
    }

    /** One route a file (live reload needs that), parsed by Camel itself. */
    private static Map<Path, RouteDefinition> routes() throws Exception {
        Map<Path, RouteDefinition> routes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROUTES)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".camel.yaml")).toList()) {
                try (DefaultCamelContext context = new DefaultCamelContext()) {
                    PluginHelper.getRoutesLoader(context)
                            .loadRoutes(ResourceHelper.resolveResource(context, "file:" + file));
                    List<RouteDefinition> definitions = context.getRouteDefinitions();
                    assertThat(definitions).as(file.toString()).hasSizeLessThanOrEqualTo(1);
                    definitions.forEach(definition -> routes.put(file, definition));
                }
            }
        }
        assertThat(routes).isNotEmpty();
        for (String id : JavaRoutes.ids()) {
            routes.put(ROUTES.resolve("load").resolve(id), RouteFile.inJava(id));
        }
        return routes;
    }
}
