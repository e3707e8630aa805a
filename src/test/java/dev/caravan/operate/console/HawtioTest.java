package dev.caravan.operate.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.LogOf;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.main.Main;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jolokia.server.core.restrictor.RestrictorFactory;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console serves, to whom, and what it refuses: with the policy that is shipped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HawtioTest {
    private static final String ROUTE = "org.apache.camel:context=console-test,name=\\\"park\\\",type=routes";
    private static final String CONTEXT =
            "org.apache.camel:context=console-test,name=\\\"console-test\\\",type=context";

    private static final String PARK = "org.apache.camel:context=console-test,name=%22park%22,type=routes/stop()";
    private static final String VERSION = "{\"type\":\"version\"}";

    private final Main main = new Main();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private int port;

    @BeforeAll
    void start() throws Exception {
        main.configure().withName("console-test");
        main.configure().metrics().withEnabled(true);
        main.addOverrideProperty("caravan.console.observe-hosts", "caravan.example.com, *.svc.cluster.local");
        main.configure()
                .httpManagementServer()
                .withEnabled(true)
                .withHost("127.0.0.1")
                .withPort(0)
                .withHealthCheckEnabled(true)
                .withMetricsEnabled(true)
                .withJolokiaEnabled(true)
                .withJolokiaPath("/hawtio/jolokia");
        main.configure().addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext context) {
                Hawtio.install(context);
            }
        });
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:park").routeId("park").to("log:park");
            }
        });
        try (LogOf log = LogOf.messages("dev.caravan.operate.console")) {
            main.start();
            List<String> told = log.lines("Hawtio: ");
            assertThat(told).singleElement().asString().matches("Hawtio: http://localhost:[1-9]\\d*/hawtio/");
            port = URI.create(told.get(0).substring("Hawtio: ".length())).getPort();
        }
    }

    @AfterAll
    void stop() {
        main.stop();
    }

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ROUTE + "|remove()",
                ROUTE + "|updateRouteFromXml(java.lang.String)",
                CONTEXT + "|stop()",
                CONTEXT + "|sendStringBody(java.lang.String,java.lang.String)",
                CONTEXT + "|createEndpoint(java.lang.String)",
                "com.sun.management:type=DiagnosticCommand|vmSystemProperties",
                "com.sun.management:type=HotSpotDiagnostic|dumpHeap",
                "java.util.logging:type=Logging|setLoggerLevel",
                "java.lang:type=Memory|gc",
                "jolokia:type=Config|setHistoryEntriesForAttribute",
            })
    void whatCouldRunCodeStopCaravanOrTellSecretsIsRefused(String mbean, String operation) throws Exception {
        assertForbidden(jolokia(exec(mbean, operation)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SystemProperties", "InputArguments", "ClassPath"})
    void whatMayHoldSecretsIsNotRead(String attribute) throws Exception {
        assertForbidden(jolokia(
                "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"" + attribute + "\"}"));
        for (String several : List.of("null", "[\"Name\",\"" + attribute + "\"]")) {
            for (String mbean : List.of("java.lang:type=Runtime", "java.lang:*")) {
                String body = "{\"type\":\"read\",\"mbean\":\"" + mbean + "\",\"attribute\":" + several
                        + ",\"config\":{\"ignoreErrors\":true}}";
                assertThat(jolokia(body).path("value").findValues(attribute))
                        .allSatisfy(value ->
                                assertThat(value.path("error").asText()).contains("forbidden"));
            }
        }
    }

    @Test
    void nothingIsWritten() throws Exception {
        assertForbidden(jolokia(
                "{\"type\":\"write\",\"mbean\":\"" + ROUTE + "\",\"attribute\":\"TracingEnabled\",\"value\":true}"));
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, http://localhost:1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Referer, http://evil.example/page",
    })
    void foreignPagesAreRefused(String header, String value) throws Exception {
        HttpResponse<String> answer =
                http.send(posted(VERSION).header(header, value).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("agent");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
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

    @ParameterizedTest
    @ValueSource(
            strings = {"/version", "/read/java.lang:type=Memory", "?p=read/java.lang:type=Memory", "/exec/" + PARK})
    void jolokiaIsNeverAskedByAnotherMethodThanPost(String path) throws Exception {
        for (String method : List.of("GET", "HEAD", "PUT", "OPTIONS")) {
            HttpResponse<String> answer = http.send(
                    request("/hawtio/jolokia" + path)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
        }
        assertThat(status()).isEqualTo(ServiceStatus.Started);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=application/json",
                ""
            })
    void whatAFormOfAnyPageCanPostIsRefused(String type) throws Exception {
        HttpRequest.Builder request =
                request("/hawtio/jolokia").POST(HttpRequest.BodyPublishers.ofString(exec(ROUTE, "stop()")));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(415);
        assertThat(status()).isEqualTo(ServiceStatus.Started);
    }

    /** Jolokia's own policy says it as well, should a request find a way around what stands before it. */
    @Test
    void thePolicyAllowsPostOnly() throws IOException {
        Restrictor policy = RestrictorFactory.lookupPolicyRestrictor(System.getProperty("jolokia.policyLocation"));
        assertThat(policy.isHttpMethodAllowed(HttpMethod.GET)).isFalse();
        assertThat(policy.isHttpMethodAllowed(HttpMethod.POST)).isTrue();
        assertThat(policy.isOriginAllowed("http://evil.example", true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "svc.cluster.local",
                "a.caravan.example.com"
            })
    void aForeignNameThatPointsHereIsRefused(String name) throws Exception {
        for (String path : List.of(
                "/",
                "/hawtio/",
                "/hawtio/jolokia",
                "/observe/health",
                "/observe/health/live",
                "/observe/metrics",
                "/other")) {
            assertThat(statusUnder(name + ":" + port, path)).as(path).isEqualTo(403);
        }
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

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "caravan", "caravan.example.com"})
    void hawtioAnswersThisMachineOnly(String name) throws Exception {
        assertThat(statusUnder(name + ":" + port, "/hawtio/")).isEqualTo(403);
        assertThat(statusUnder(name + ":" + port, "/hawtio/jolokia")).isEqualTo(403);
    }

    /** Camel's server would echo any origin if its CORS were on (CVE-2026-84176): it isn't, so browsers keep answers from foreign pages. */
    @ParameterizedTest
    @ValueSource(strings = {"/observe/health", "/observe/metrics", "/hawtio/", "/hawtio/jolokia"})
    void noOriginIsReflected_andEveryAnswerIsConfined(String path) throws Exception {
        for (String method : List.of("GET", "OPTIONS")) {
            HttpResponse<String> answer = http.send(
                    request(path)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .header("Origin", "http://evil.example")
                            .header("Access-Control-Request-Method", "POST")
                            .header("Access-Control-Request-Headers", "content-type")
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.headers().map().keySet())
                    .noneMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("access-control-"));
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(answer.headers().firstValue("Content-Security-Policy")).contains("frame-ancestors 'none'");
            assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
                    .contains("same-origin");
        }
    }

    /** A hole of Vert.x before 4.5.24 (CVE-2026-1002): it remembered of the page that it isn't there. */
    @ParameterizedTest
    @ValueSource(
            strings = {"x%2F..%2Findex.html", "x%2f%2e%2e%2findex.html", "x/..%2Findex.html", "static%2F..%2Findex.html"
            })
    void aPageCannotBeHiddenFromOthers(String path) throws Exception {
        assertThat(get("/hawtio/index.html").statusCode()).isEqualTo(200);
        get("/hawtio/" + path);
        assertThat(get("/hawtio/index.html").statusCode()).isEqualTo(200);
        assertThat(get("/hawtio/").statusCode()).isEqualTo(200);
    }

    @Test
    void onlyThisMachineIsListenedTo() throws IOException {
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .forEach(address -> assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class));
    }

    private void connect(InetAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2000);
        }
    }

    private ServiceStatus status() {
        return main.getCamelContext().getRouteController().getRouteStatus("park");
    }

    private static void assertForbidden(JsonNode answer) {
        assertThat(answer.path("status").asInt()).isEqualTo(403);
        assertThat(answer.has("value")).isFalse();
    }

    private static String exec(String mbean, String operation) {
        return "{\"type\":\"exec\",\"mbean\":\"" + mbean + "\",\"operation\":\"" + operation + "\"}";
    }

    private JsonNode jolokia(String body) throws Exception {
        return json.readTree(
                http.send(posted(body).build(), BodyHandlers.ofString()).body());
    }

    private HttpRequest.Builder posted(String body) {
        return request("/hawtio/jolokia")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private int statusUnder(String host, String path) throws IOException {
        String method = path.contains("jolokia") ? "POST" : "GET";
        String answer = raw(method + " " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }
}
