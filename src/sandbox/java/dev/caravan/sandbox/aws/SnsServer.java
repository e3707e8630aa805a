package dev.caravan.sandbox.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.sandbox.parts.Xml;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SNS as a publisher and an SQS or HTTP subscriber see it: standard topics over the query protocol. FIFO topics take messages, and deliver none. Not here: filter
 * policies, signatures that verify, e-mail and SMS.
 */
final class SnsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnsServer.class);
    private static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";
    private static final int THREADS = 8;

    static {
        // Otherwise every answer waits 40 ms for a delayed ACK. The JDK reads it once, when its first server is made.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final SnsActions actions;
    private final ExecutorService threads;
    private final HttpServer http;

    /** @param named the port in the URLs that subscribers are sent */
    SnsServer(int port, int named, Optional<Path> folder, SqsClient sqs) throws IOException {
        actions = new SnsActions(new SnsTopics(folder), new SnsDelivery(sqs, "http://localhost:" + named));
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "sns");
            thread.setDaemon(true);
            return thread;
        });
        http.setExecutor(threads);
        http.createContext("/", this::serve);
        http.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String requestId = UUID.randomUUID().toString();
        int status = 200;
        String answer;
        try {
            answer = answer(SnsRequest.parse(parameters(exchange)), requestId);
        } catch (SnsError e) {
            status = e.status();
            answer = error("Sender", e.code(), e.text(), requestId);
        } catch (RuntimeException e) {
            LOG.warn("SNS failed", e);
            status = 500;
            answer = error("Receiver", "InternalError", e.toString(), requestId);
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** From the body, and from the URL, which is how subscribers confirm and unsubscribe. */
    private static String parameters(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? body : query + "&" + body;
    }

    private String answer(SnsRequest request, String requestId) {
        String action = request.get("Action");
        String result = Xml.tag(action + "Result", actions.act(action, request));
        return "<" + action + "Response xmlns=\"" + NAMESPACE + "\">" + result
                + Xml.tag("ResponseMetadata", Xml.text("RequestId", requestId)) + "</" + action + "Response>";
    }

    private static String error(String type, String code, String message, String requestId) {
        String details = Xml.text("Type", type) + Xml.text("Code", code) + Xml.text("Message", message);
        return "<ErrorResponse xmlns=\"" + NAMESPACE + "\">" + Xml.tag("Error", details)
                + Xml.text("RequestId", requestId) + "</ErrorResponse>";
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
