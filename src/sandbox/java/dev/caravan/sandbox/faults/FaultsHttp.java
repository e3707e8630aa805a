package dev.caravan.sandbox.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.sandbox.parts.Loopback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Fault rules over HTTP: GET /faults lists, POST adds one rule a line, DELETE clears. */
public final class FaultsHttp implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FaultRules rules;
    private final HttpServer server;

    /** Serves them. Throws {@link IllegalStateException} when the port is in use. */
    public FaultsHttp(int port, FaultRules rules) {
        this.rules = rules;
        try {
            server = HttpServer.create(Loopback.address(port), 0);
        } catch (IOException e) {
            throw Loopback.inUse(port, "the sandbox's fault rules", e);
        }
        server.createContext("/faults", this::handle);
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        int status = 200;
        String answer = "";
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try {
                switch (exchange.getRequestMethod()) {
                    case "GET" -> {}
                    case "POST" ->
                        body.lines()
                                .filter(line -> !line.isBlank())
                                .map(rules::reading)
                                .toList()
                                .forEach(Runnable::run);
                    case "DELETE" -> rules.clear();
                    default -> status = 405;
                }
            } catch (IllegalArgumentException e) {
                status = 400;
                answer = e.getMessage() + "\n";
            }
            if (status == 200) {
                answer = JSON.writeValueAsString(Map.of("active", rules.active(), "faults", rules.names())) + "\n";
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
