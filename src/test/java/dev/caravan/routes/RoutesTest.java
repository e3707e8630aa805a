package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
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
            String pipeline = route.getKey().getName(1).toString();
            assertThat(definition.getGroup()).as("group of " + route.getKey()).isEqualTo(pipeline);
            assertThat(definition.getDescription())
                    .as("description of " + route.getKey())
                    .matches("[A-Z].*\\.")
                    .hasSizeLessThan(160);
        }
    }

    @Test
    void thePipelineHasTheRoutesThatTheReadmeNames() throws Exception {
        assertThat(routes().keySet().stream().map(Path::getFileName).map(Path::toString))
                .containsExactlyInAnyOrder(
                        "receive.camel.yaml",
                        "batch.camel.yaml",
                        "load.camel.yaml",
                        "copy.camel.yaml",
                        "explain.camel.yaml",
                        "search.camel.yaml",
                        "skipped.camel.yaml",
                        "notify.camel.yaml",
                        "announce.camel.yaml",
                        "tell.camel.yaml",
                        "park.camel.yaml",
                        "housekeeping.camel.yaml",
                        "reconcile.camel.yaml");
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
        return routes;
    }
}
