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
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With reload on, a faulty edit of a shipped route changes nothing but the log and health, and a good one after it is taken up. */
class FaultyEditTest extends LoadingTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private int files;

    @BeforeEach
    void copyTheShippedRoutes() throws IOException {
        RouteFolders.copyTo(folder);
    }

    @Test
    void filesGoOnBeingLoaded_healthSaysWhatIsWrong_untilItIsMended() throws Exception {
        CamelContext context =
                launch(pipeline("batchSize", "1").reloading(folder)).context();
        load();

        assertThat(refused(context, "load/copy", "method: setAsideIfDeadly", "method: setAsideIfDeadyl"))
                .contains("copy.camel.yaml, line 13: route copy: no method is named 'setAsideIfDeadyl' in LoadSteps:"
                        + " did you mean 'setAsideIfDeadly'?; until the file is fixed, route copy runs as before");
        assertThat(refused(context, "load/copy", "ref: evolutionSteps", "ref: evolutionStep"))
                .contains("route copy: no bean is named 'evolutionStep': did you mean 'evolutionSteps'?");
        assertThat(refused(context, "s3-to-redshift/receive", "waitTimeSeconds: ", "waitTimeSecond: "))
                .contains("route receive: an endpoint of component aws2-sqs has no parameter 'waitTimeSecond'");
        assertThat(refused(context, "s3-to-redshift/errors", "uri: direct:park", "uri: dirct:park"))
                .contains("errors.camel.yaml, line ")
                .contains(
                        "no component is named 'dirct': did you mean 'direct'?; until the file is fixed, all runs as before");
        assertThat(refused(context, "load/errors", "ref: retries", "ref: retris"))
                .contains("errors.camel.yaml, line ")
                .contains(
                        "no bean is named 'retris': did you mean 'retries'?; until the file is fixed, all runs as before");
        assertThat(refused(context, "s3-to-redshift/batch", "- route:", "- route: ["))
                .contains("batch.camel.yaml, line ")
                .contains("while parsing a flow sequence; until the file is fixed, route batch runs as before");
        assertThat(refused(
                        context,
                        "load/errors",
                        "routeConfiguration:\n    id: copy-errors",
                        "routeConfiguration:\n    id: copy-errrs"))
                .contains(
                        "route copy asks for route configuration 'copy-errors', and there is none: did you mean 'copy-errrs'?");
        assertThat(refused(context, "tell/errors", "id: tell-errors", "id: tell-erors"))
                .contains(
                        "route tell asks for route configuration 'tell-errors', and there is none: did you mean 'tell-erors'?");

        assertThat(context.getRoute("copy").getDescription()).isNotEqualTo("Changed.");
        edit("load/copy", "description: .*", "description: Changed.");
        edit("load/errors", "maximumRedeliveries: 2\n", "maximumRedeliveries: 3\n");
        await().atMost(SOON)
                .until(() -> context.getRoute("copy") != null
                        && "Changed.".equals(context.getRoute("copy").getDescription()));
        load();
        await().atMost(SOON).until(() -> health(context).isEmpty());
    }

    @Test
    void aFeedWithAFaultIsNamedWithFileAndLine() throws Exception {
        CamelContext context =
                launch(pipeline("batchSize", "1").reloading(folder)).context();
        await().atMost(SOON).until(() -> health(context).isEmpty());
        Path feeds = folder.resolve("feeds.camel.yaml");
        Files.writeString(feeds, """
                - beans:
                    - name: late
                      type: dev.caravan.feed.Feed
                      properties:
                        prefix: landing/late/
                        batch-size: none
                """);
        await().atMost(SOON).until(() -> !health(context).isEmpty());
        assertThat(health(context))
                .singleElement()
                .asString()
                .startsWith("feeds: " + feeds + ", line 6: late.batchSize = none: write a whole number of files")
                .contains("; " + feeds + ", line 2: late.table: missing");
    }

    @Test
    void aRouteThatIsGoneIsNamedByHealth_andLoadsUntilARestart() throws Exception {
        CamelContext context =
                launch(pipeline("batchSize", "1").reloading(folder)).context();
        await().atMost(SOON).until(() -> health(context).isEmpty());
        Path copy = file("load/copy");
        String text = Files.readString(copy);
        Files.delete(copy);
        await().atMost(SOON)
                .until(
                        () -> health(context).stream()
                                .anyMatch(
                                        down -> down.contains(
                                                "copy.camel.yaml is gone: bring it back; route copy runs as before, and would be missing")));
        load();
        Files.writeString(copy, text);
        await().atMost(SOON).until(() -> health(context).isEmpty());
        context.getRouteController().stopRoute("copy");
        context.removeRoute("copy");
        await().atMost(SOON)
                .until(() ->
                        health(context).stream().anyMatch(down -> down.startsWith("routes: route copy is missing")));
    }

    /** An edit that is refused, with what health says of it, and taken back; meanwhile a file is loaded. */
    private String refused(CamelContext context, String route, String from, String to) throws Exception {
        await().atMost(SOON).until(() -> health(context).isEmpty());
        try (LogOf log = LogOf.messages("")) {
            String before = Files.readString(file(route));
            List<Route> running = context.getRoutes();
            edit(route, from, to);
            await().atMost(SOON).until(() -> !health(context).isEmpty());
            assertThat(health(context)).singleElement().asString().startsWith("routes: ");
            assertThat(context.getRoutes()).containsExactlyElementsOf(running);
            load();
            String words = health(context).stream()
                    .filter(down -> down.startsWith("routes: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("routes: ".length());
            assertThat(log.lines(""))
                    .filteredOn(line -> line.contains(".camel.yaml"))
                    .containsExactly("Not taken up: " + words);
            Files.writeString(file(route), before);
            await().atMost(SOON).until(() -> health(context).isEmpty());
            return words;
        }
    }

    private void load() {
        int file = ++files;
        put("web/" + file + ".csv", file + ",x\n");
        await().atMost(SOON).until(() -> ids().contains(Integer.toString(file)));
    }

    private void edit(String route, String from, String to) throws IOException {
        String text = Files.readString(file(route));
        String edited = text.replaceFirst(from, to);
        assertThat(edited).isNotEqualTo(text);
        Files.writeString(file(route), edited);
    }

    private Path file(String route) {
        return folder.resolve(route + ".camel.yaml");
    }

    private static List<String> health(CamelContext context) {
        return HealthCheckHelper.invokeReadiness(context).stream()
                .filter(result -> result.getState() != HealthCheck.State.UP)
                .map(result ->
                        result.getCheck().getId() + ": " + result.getMessage().orElse(""))
                .toList();
    }
}
