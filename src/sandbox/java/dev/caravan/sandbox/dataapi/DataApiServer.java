package dev.caravan.sandbox.dataapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.sandbox.parts.Loopback;
import dev.caravan.sandbox.redshift.Quirks;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Redshift Data API as its clients see it: statements and batches that run while the client asks whether they have, client tokens, sessions, paged
 * results. It reaches one cluster, whose name as a workgroup and as a provisioned cluster is {@link #CLUSTER}. Not here: parameters, secrets (any is
 * taken), CSV results, the listing operations.
 */
public final class DataApiServer implements AutoCloseable {
    /** The one workgroup, and the one cluster identifier. */
    public static final String CLUSTER = "sandbox";

    private static final Logger LOG = LoggerFactory.getLogger(DataApiServer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THREADS = 8;

    private final DataApiActions actions;
    private final ExecutorService threads;
    private final HttpServer http;

    /**
     * Starts it; it answers when this returns.
     *
     * @param jdbcUrl of the cluster's database {@code dev}
     * @param quirks of the cluster
     * @throws IllegalStateException when the port is in use
     */
    public DataApiServer(int port, String jdbcUrl, String user, String password, Quirks quirks) {
        actions = new DataApiActions(new ClusterConnections(jdbcUrl, user, password), quirks);
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "redshift-data");
            thread.setDaemon(true);
            return thread;
        });
        try {
            http = HttpServer.create(Loopback.address(port), 0);
        } catch (IOException e) {
            throw Loopback.inUse(port, "the sandbox's Redshift Data API", e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::serve);
        http.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        int status = 200;
        ObjectNode answer;
        try {
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            answer = actions.act(target.substring(target.indexOf('.') + 1), request);
        } catch (DataApiError e) {
            status = 400;
            answer = error(e.code(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("The Data API failed", e);
            status = 500;
            answer = error("InternalServerException", e.toString());
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static ObjectNode error(String code, String message) {
        return JSON.createObjectNode().put("__type", code).put("Message", message);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        actions.close();
    }
}
