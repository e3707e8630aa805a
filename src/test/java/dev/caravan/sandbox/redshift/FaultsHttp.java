package dev.caravan.sandbox.redshift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** The fault rules over HTTP: GET /faults lists, POST adds one rule a line, DELETE clears. */
final class FaultsHttp implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Faults faults;
    private final HttpServer server;

    FaultsHttp(int port, Faults faults) {
        this.faults = faults;
        InetSocketAddress address = Ports.loopback(port);
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw Ports.inUse(port, "the fault rules of the sandbox's Redshift", "faultsPort", e);
        }
        server.createContext("/faults", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
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
                                .map(FaultRule::parse)
                                .toList()
                                .forEach(faults::add);
                    case "DELETE" -> faults.clear();
                    default -> status = 405;
                }
            } catch (IllegalArgumentException e) {
                status = 400;
                answer = e.getMessage() + "\n";
            }
            if (status == 200) {
                answer = JSON.writeValueAsString(Map.of(
                                "active", faults.active(),
                                "faults",
                                        Arrays.stream(Fault.values())
                                                .map(Fault::text)
                                                .toList()))
                        + "\n";
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
