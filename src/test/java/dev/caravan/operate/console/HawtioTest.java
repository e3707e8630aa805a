package dev.caravan.operate.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.LogOf;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console serves: with the policy that is shipped. */
class HawtioTest extends RunningConsole {
    @Test
    void rootLeadsToThePages_whichAreServedUnframed() throws Exception {
        assertThat(get("/").headers().firstValue("location")).contains("/hawtio/");
        HttpResponse<String> index = get("/hawtio/");
        assertThat(index.statusCode()).isEqualTo(200);
        assertThat(index.body()).contains("<title>Hawtio</title>");
        assertThat(index.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(get("/hawtio/hawtconfig.json").statusCode()).isEqualTo(200);
    }

    @Test
    void addressesThatOnlyTheBrowserKnowsServeTheSamePage() throws Exception {
        HttpResponse<String> page = http.send(
                request("/hawtio/camel/routes").header("Accept", "text/html").build(), BodyHandlers.ofString());
        assertThat(page.body()).contains("<title>Hawtio</title>");
        assertThat(get("/hawtio/no-such-file.js").statusCode()).isEqualTo(404);
        assertThat(get("/hawtio/..%2fjolokia-access.xml").statusCode()).isNotEqualTo(200);
    }

    @Test
    void hawtioIsToldThatNobodyHasToLogInAndThatThereAreNoPlugins() throws Exception {
        assertThat(get("/hawtio/user").body()).isEqualTo("\"public\"");
        assertThat(get("/hawtio/plugin").body()).isEqualTo("[]");
    }

    @Test
    void jolokiaAnswersCurl() throws Exception {
        assertThat(jolokia(VERSION).path("value").path("agent").asText()).startsWith("2.");
    }

    @Test
    void aRouteIsStoppedAndStarted() throws Exception {
        assertThat(jolokia(exec(ROUTE, "stop()")).path("status").asInt()).isEqualTo(200);
        assertThat(status()).isEqualTo(ServiceStatus.Stopped);
        assertThat(jolokia(exec(ROUTE, "start()")).path("status").asInt()).isEqualTo(200);
        assertThat(status()).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void countersAndTheDiagramAreSeen() throws Exception {
        JsonNode counters = jolokia("{\"type\":\"read\",\"mbean\":\"" + ROUTE + "\"}");
        assertThat(counters.path("value").path("ExchangesTotal").isNumber()).isTrue();
        JsonNode diagram = jolokia("{\"type\":\"exec\",\"mbean\":\"" + CONTEXT
                + "\",\"operation\":\"dumpRoutesStatsAsXml\"," + "\"arguments\":[true,true]}");
        assertThat(diagram.path("value").asText()).contains("<routeStat id=\"park\"");
    }

    @Test
    void whatHealthSaysIsReadAsItIsSaid() throws Exception {
        String said = "feeds: routes/feeds.camel.yaml says \"no\"; path C:\\x";
        HealthCheck check = new AbstractHealthCheck("caravan", "said") {
            @Override
            protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
                builder.message(said)
                        .detail("place", "a/b")
                        .error(new IllegalStateException("a/b", new IllegalStateException("\"c\"")))
                        .down();
            }
        };
        HealthCheckRegistry registry = HealthCheckRegistry.get(main.getCamelContext());
        registry.register(check);
        try {
            for (String path : List.of("/observe/health", "/observe/health/ready")) {
                HttpResponse<String> answer = get(path + "?exposureLevel=full&data=true");
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).contains("routes/feeds.camel.yaml says \\\"no\\\";");
                JsonNode health = json.readTree(answer.body());
                assertThat(health.path("status").asText()).isEqualTo("DOWN");
                JsonNode told = StreamSupport.stream(health.path("checks").spliterator(), false)
                        .filter(each -> each.path("name").asText().equals("said"))
                        .findFirst()
                        .orElseThrow();
                assertThat(told.path("message").asText()).isEqualTo(said);
                assertThat(told.path("data").path("place").asText()).isEqualTo("a/b");
                assertThat(told.path("error-message").asText())
                        .isEqualTo("a/b; Caused by: java.lang.IllegalStateException: \"c\"");
                assertThat(get(path + "?exposureLevel=oneline").body()).isEqualTo("{\"status\":\"DOWN\"}");
            }
            assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
        } finally {
            registry.unregister(check);
        }
        assertThat(get("/observe/health").statusCode()).isEqualTo(200);
    }

    @Test
    void aRouteThatKeepsHawtioFromDrawingAnyIsNamed() throws Exception {
        CamelContext context = main.getCamelContext();
        try (LogOf log = LogOf.messages("dev.caravan.operate.console")) {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("own.camel.yaml", """
                    - route:
                        id: own
                        errorHandler:
                          noErrorHandler: {}
                        from:
                          uri: direct:own
                          steps:
                            - to: log:own
                    """));
            assertThat(log.lines("Hawtio can't draw any route"))
                    .singleElement()
                    .asString()
                    .contains("route own has an errorHandler of its own: put it into a routeConfiguration");
        } finally {
            context.getRouteController().stopRoute("own");
            context.removeRoute("own");
        }
    }

    @Test
    void ownPagesAreAnswered() throws Exception {
        HttpResponse<String> answer = http.send(
                posted(VERSION)
                        .header("Origin", "http://localhost:" + port)
                        .header("Referer", "http://localhost:" + port + "/hawtio/jmx")
                        .header("Sec-Fetch-Site", "same-origin")
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"agent\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void http2IsAnsweredAsWell(String name) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + name + ":" + port + "/hawtio/jolokia"))
                                .header("Origin", "http://" + name + ":" + port)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(VERSION))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).contains("\"agent\"");
    }

    /** Without it they say that there is no Jolokia. */
    @Test
    void hawtiosPagesFindJolokiaByAGet_whichJolokiaDoesNotSee() throws Exception {
        HttpResponse<String> found = get("/hawtio/jolokia");
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(json.readTree(found.body()).path("value")).hasToString("{\"agent\":\"asked by POST\"}");
    }

    /** Probes and scrapers call a pod's or a machine's address, a service's name, or, as this image's health check, nobody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "10.1.2.3",
                "[::1]",
                "[fe80::1]",
                "caravan",
                "caravan.example.com",
                "caravan.default.svc.cluster.local"
            })
    void healthAndMetricsAnswerProbesAndScrapers(String name) throws Exception {
        for (String host : List.of(name, name + ":" + port)) {
            assertThat(statusUnder(host, "/observe/health/live")).isEqualTo(200);
            assertThat(statusUnder(host, "/observe/metrics")).isEqualTo(200);
        }
        assertThat(raw("GET /observe/health/live HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 200");
    }
}
