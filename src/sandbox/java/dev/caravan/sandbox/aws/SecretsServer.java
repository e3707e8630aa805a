package dev.caravan.sandbox.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.sandbox.parts.Account;
import dev.caravan.sandbox.parts.Loopback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/** Secrets Manager as one who reads secrets sees it: texts, in memory, of which the latest version counts. */
public final class SecretsServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "secretsmanager.";

    private final Map<String, Secret> secrets = new ConcurrentSkipListMap<>();
    private final HttpServer http;

    private record Secret(String name, String version, String text) {
        static Secret of(String name, String text) {
            return new Secret(name, UUID.randomUUID().toString(), text);
        }

        String arn() {
            return "arn:aws:secretsmanager:" + Account.REGION + ":" + Account.ID + ":secret:" + name + "-AbCdEf";
        }
    }

    private static final class Refused extends RuntimeException {
        private final String code;

        Refused(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    /** Serves it. Throws {@link IllegalStateException} when the port is in use. */
    public SecretsServer(int port) {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // as in SnsServer
        try {
            http = HttpServer.create(Loopback.address(port), 0);
        } catch (IOException e) {
            throw Loopback.inUse(port, "the sandbox's Secrets Manager", e);
        }
        http.createContext("/", this::serve);
        http.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        int status = 200;
        try (exchange) {
            String action = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            try {
                act(action.replace(TARGET, ""), JSON.readTree(exchange.getRequestBody()), answer);
            } catch (Refused e) {
                status = 400;
                answer.put("__type", e.code).put("Message", e.getMessage());
            } catch (JsonProcessingException e) {
                status = 400;
                answer.put("__type", "InvalidRequestException").put("Message", "not JSON");
            }
            byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.getResponseHeaders()
                    .set("x-amzn-RequestId", UUID.randomUUID().toString());
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void act(String action, JsonNode request, ObjectNode answer) {
        switch (action) {
            case "GetSecretValue" ->
                describe(find(request), answer)
                        .put("SecretString", find(request).text());
            case "CreateSecret" -> {
                Secret secret = Secret.of(
                        request.path("Name").asText(),
                        request.path("SecretString").asText());
                if (secrets.putIfAbsent(secret.name(), secret) != null) {
                    throw new Refused("ResourceExistsException", "a secret " + secret.name() + " exists already");
                }
                describe(secret, answer);
            }
            case "PutSecretValue" -> {
                Secret secret = Secret.of(
                        find(request).name(), request.path("SecretString").asText());
                secrets.put(secret.name(), secret);
                describe(secret, answer);
            }
            case "ListSecrets" ->
                secrets.values()
                        .forEach(secret -> answer.withArray("SecretList")
                                .addObject()
                                .put("ARN", secret.arn())
                                .put("Name", secret.name()));
            default -> throw new Refused("UnknownOperationException", "the sandbox doesn't know " + action);
        }
    }

    private Secret find(JsonNode request) {
        String id = request.path("SecretId").asText();
        return secrets.values().stream()
                .filter(secret -> id.equals(secret.name()) || id.equals(secret.arn()))
                .findFirst()
                .orElseThrow(() ->
                        new Refused("ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
    }

    private static ObjectNode describe(Secret secret, ObjectNode answer) {
        return answer.put("ARN", secret.arn()).put("Name", secret.name()).put("VersionId", secret.version());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
