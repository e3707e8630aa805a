package dev.caravan.routes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A web server that people's own service would be: keeps what is posted, and refuses it as long as it is told to. */
public final class Webhook implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger refusals = new AtomicInteger();
    private final Queue<Integer> redirections = new ConcurrentLinkedQueue<>();
    private final AtomicReference<String> elsewhere = new AtomicReference<>("");
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<Post> posts = new CopyOnWriteArrayList<>();

    record Post(String path, String authorization, String contentType, String body) {}

    private Webhook(HttpServer server) {
        this.server = server;
        server.createContext("/", this::take);
        server.start();
    }

    public static Webhook start() {
        try {
            return new Webhook(HttpServer.create(address(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a certificate that nobody has signed but itself. */
    static Webhook startSelfSigned(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve("webhook.p12");
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "webhook",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start()
                .waitFor();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(address(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new Webhook(server);
    }

    public String url(String scheme) {
        return scheme + "://localhost:" + server.getAddress().getPort() + "/hooks/caravan?key=in-the-url";
    }

    /** Refuses the next posts. */
    void refuse(int times) {
        refusals.set(times);
    }

    /** Sends the next posts elsewhere, each with another status, and claims in headers of Camel's that all went well. */
    void redirect(String location, Integer... statuses) {
        elsewhere.set(location);
        redirections.addAll(List.of(statuses));
    }

    public List<Post> posts() {
        return posts;
    }

    List<String> refused() {
        return refused;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Integer redirection = redirections.poll();
        if (redirection != null) {
            refused.add(body);
            exchange.getResponseHeaders().set("Location", elsewhere.get());
            exchange.getResponseHeaders().set("CamelHttpResponseCode", "204");
            exchange.getResponseHeaders().set("camelhttpresponsecode", "204");
            exchange.sendResponseHeaders(redirection, -1);
            exchange.close();
            return;
        }
        boolean refuses = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        if (refuses) {
            refused.add(body);
        } else {
            posts.add(new Post(
                    exchange.getRequestURI().toString(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    body));
        }
        exchange.sendResponseHeaders(refuses ? 500 : 204, -1);
        exchange.close();
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
