package dev.caravan.sandbox.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.sandbox.parts.Loopback;
import dev.caravan.sandbox.parts.Xml;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Of Redshift's and Redshift Serverless's APIs the calls with which IAM is asked for a cluster's user and password. */
public final class LoginApi implements AutoCloseable {
    private static final String NAMESPACE = "http://redshift.amazonaws.com/doc/2012-12-01/";
    private static final Duration VALID = Duration.ofMinutes(15);

    private final HttpServer http;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final String user;
    private final String password;

    /**
     * Serves them on a free port.
     *
     * @param user the user it gives, without {@code IAM:}
     */
    public LoginApi(String user, String password) {
        this.user = user;
        this.password = password;
        try {
            http = HttpServer.create(Loopback.address(0), 0);
        } catch (IOException e) {
            throw Loopback.inUse(0, "the sandbox's Redshift API", e);
        }
        http.createContext("/", this::serve);
        http.start();
    }

    /** Where it is, for the driver's {@code EndpointUrl}. */
    public URI address() {
        return URI.create("http://localhost:" + http.getAddress().getPort());
    }

    /** What it was asked: the action, and the request as it came. */
    public List<String> calls() {
        return calls;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            calls.add(target == null ? body : target + " " + body);
            byte[] answer = (target == null ? xml(body) : json()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", target == null ? "text/xml" : "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private String xml(String body) {
        String action = body.replaceFirst("(?s).*Action=(\\w+).*", "$1");
        return "<" + action + "Response xmlns=\"" + NAMESPACE + "\">"
                + Xml.tag(
                        action + "Result",
                        Xml.text("DbUser", "IAM:" + user)
                                + Xml.text("DbPassword", password)
                                + Xml.text(
                                        "Expiration", Instant.now().plus(VALID).toString()))
                + "</" + action + "Response>";
    }

    private String json() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        return mapper.writeValueAsString(mapper.createObjectNode()
                .put("dbUser", "IAM:" + user)
                .put("dbPassword", password)
                .put("expiration", Instant.now().plus(VALID).getEpochSecond())
                .put("nextRefreshTime", Instant.now().plus(VALID).getEpochSecond()));
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
