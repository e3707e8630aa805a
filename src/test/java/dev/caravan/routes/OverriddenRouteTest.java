package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import dev.caravan.sandbox.RouteFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in {@code routes/} with the id of a shipped route goes before it, whether that is a file as well or Java; at start and while Caravan runs. */
class OverriddenRouteTest extends LoadingTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String EXPLAIN = """
            - route:
                id: explain
                description: %s
                routeConfigurationId: explain-errors
                from:
                  uri: direct:explain
                  steps:
                    - log: {loggingLevel: WARN, message: "%s explains ${exchangeProperty.cluster}"}
                    - bean: {ref: copySteps, method: rows}
            """;

    @TempDir
    Path folder;

    private int files;

    @BeforeEach
    void copyTheShippedRoutes() throws IOException {
        RouteFolders.copyTo(folder);
    }

    @Test
    void atStart_theFileIsTheRoute() throws Exception {
        Files.createDirectories(folder.resolve("own"));
        write("own/explain", EXPLAIN.formatted("Mine.", "mine"));
        edit("load/copy", "description: .*", "description: Mine as well.");
        try (LogOf log = LogOf.messages("")) {
            CamelContext context = launch(pipeline("batchSize", "1", "onBadFile", "fail")
                            .reloading(folder)
                            .also("own/explain"))
                    .context();
            assertThat(descriptions(context)).containsExactly("Mine as well.", "Mine.");
            assertThat(log.lines("not Caravan's own"))
                    .containsExactly("Route explain is the one of " + folder.resolve("own/explain.camel.yaml")
                            + ", not Caravan's own");
            refusedFile();
            await().atMost(SOON)
                    .until(() -> !log.lines("mine explains redshift").isEmpty());
        }
    }

    @Test
    void whileItRuns_theFileTakesThePlaceOfTheRoute_andAFaultyOneDoesNot() throws Exception {
        CamelContext context = launch(
                        pipeline("batchSize", "1", "onBadFile", "fail").reloading(folder))
                .context();
        List<String> shipped = descriptions(context);
        try (LogOf log = LogOf.messages("")) {
            write("own", EXPLAIN.formatted("Mine.", "mine").replace("method: rows", "method: rowz"));
            await().atMost(SOON)
                    .until(() -> !log.lines("no method is named 'rowz'").isEmpty());
            assertThat(descriptions(context)).isEqualTo(shipped);

            write("own", EXPLAIN.formatted("Mine.", "mine"));
            edit("load/copy", "description: .*", "description: Mine as well.");
            await().atMost(SOON).until(() -> descriptions(context).equals(List.of("Mine as well.", "Mine.")));
            refusedFile();
            await().atMost(SOON)
                    .until(() -> !log.lines("mine explains redshift").isEmpty());

            edit("load/errors", "maximumRedeliveries: 2\n", "maximumRedeliveries: 3\n");
            await().atMost(SOON)
                    .until(() -> !log.lines("errors.camel.yaml has changed").isEmpty());
            assertThat(log.lines("errors.camel.yaml has changed"))
                    .containsExactly(folder.resolve("load/errors.camel.yaml")
                            + " has changed: routes copy, explain, load, search, skipped run anew");
            assertThat(descriptions(context)).containsExactly("Mine as well.", "Mine.");

            Files.delete(folder.resolve("own.camel.yaml"));
            await().atMost(SOON)
                    .until(() -> log.lines("own.camel.yaml is gone")
                            .equals(List.of(folder.resolve("own.camel.yaml")
                                    + " is gone: what it said stays in force until a restart")));
        }
    }

    private static List<String> descriptions(CamelContext context) {
        return List.of("copy", "explain").stream()
                .map(id -> context.getRoute(id) == null
                        ? "not there"
                        : context.getRoute(id).getDescription())
                .toList();
    }

    private void refusedFile() {
        put("web/" + ++files + ".csv", "no number,x\n");
    }

    private void write(String route, String text) throws IOException {
        Files.writeString(folder.resolve(route + ".camel.yaml"), text);
    }

    private void edit(String route, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(route + ".camel.yaml"));
        String edited = text.replaceFirst(from, to);
        assertThat(edited).isNotEqualTo(text);
        write(route, edited);
    }
}
