package dev.caravan.operate.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.LogOf;
import java.io.IOException;
import java.net.InetAddress;
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
import org.junit.jupiter.api.TestInstance;

/** A console that listens, with the policy that is shipped, and how tests ask it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunningConsole {
    static final String ROUTE = "org.apache.camel:context=console-test,name=\\\"park\\\",type=routes";

    static final String CONTEXT = "org.apache.camel:context=console-test,name=\\\"console-test\\\",type=context";

    static final String VERSION = "{\"type\":\"version\"}";
    final Main main = new Main();

    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final ObjectMapper json = new ObjectMapper();
    int port;

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

    ServiceStatus status() {
        return main.getCamelContext().getRouteController().getRouteStatus("park");
    }

    static String exec(String mbean, String operation) {
        return "{\"type\":\"exec\",\"mbean\":\"" + mbean + "\",\"operation\":\"" + operation + "\"}";
    }

    JsonNode jolokia(String body) throws Exception {
        return json.readTree(
                http.send(posted(body).build(), BodyHandlers.ofString()).body());
    }

    HttpRequest.Builder posted(String body) {
        return request("/hawtio/jolokia")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    int statusUnder(String host, String path) throws IOException {
        String method = path.contains("jolokia") ? "POST" : "GET";
        String answer = raw(method + " " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }
}
