package dev.caravan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
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

    private final Main main = new Main();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private int port;

    @BeforeAll
    void start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        main.configure().withName("console-test");
        main.configure()
                .httpManagementServer()
                .withEnabled(true)
                .withHost("127.0.0.1")
                .withPort(port)
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
        main.start();
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
        assertThat(json.readTree(get("/hawtio/jolokia/version").body())
                        .path("value")
                        .path("agent")
                        .asText())
                .startsWith("2.");
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
        HttpResponse<String> answer = http.send(
                request("/hawtio/jolokia/version").header(header, value).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isIn(403, 500);
        assertThat(answer.body()).doesNotContain("agent_version");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void ownPagesAreAnswered() throws Exception {
        HttpResponse<String> answer = http.send(
                request("/hawtio/jolokia/version")
                        .header("Origin", "http://localhost:" + port)
                        .header("Sec-Fetch-Site", "same-origin")
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.body()).contains("agent_version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void http2IsAnsweredAsWell(String name) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + name + ":" + port + "/hawtio/jolokia/version"))
                                .header("Origin", "http://" + name + ":" + port)
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).contains("agent_version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hawtio/", "/hawtio/jolokia/version"})
    void aForeignNameThatPointsHereIsRefused(String path) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: evil.example:" + port + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403");
        }
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
        return json.readTree(http.send(
                        request("/hawtio/jolokia/")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }
}
