package dev.caravan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.run.CaravanProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A whole run with secrets of every kind, loads that fail among them: what anybody can read afterwards has none of them. */
class SecretsIT {
    private static final String PASSWORD = "Pa55wordOfTheCluster!$x";
    private static final String WRONG_PASSWORD = "WrongPa55wordOfSecond";
    private static final String KEY_ID = "AKIAOFTHEKEYSFEED001";
    private static final String KEY = "SecretKeyOfTheKeysFeed+/1234567890abcdef";
    private static final String WRONG_KEY = "WrongSecretKeyOfAFeed+/1234567890abcdef";
    private static final String TOKEN = "FwoGSessionTokenOfCaravan/+1234567890==";
    private static final String MASTER_KEY = "bWFzdGVya2V5bWFzdGVya2V5bWFzdGVya2V5bWFzdGU=";
    private static final String AUTHORIZATION = "Bearer webhook-secret-of-ours-42";
    private static final String OWN_KEY = "SecretKeyOfCaravanItself+/abcdefghijklm";

    private static final List<String> SECRETS = List.of(
            PASSWORD, WRONG_PASSWORD, KEY_ID, KEY, WRONG_KEY, TOKEN, MASTER_KEY, AUTHORIZATION.substring(7), OWN_KEY);

    private final ObjectMapper json = new ObjectMapper();
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.anyPorts());
    private final Landing landing = sandbox.landing();
    private final Map<String, String> environment = new LinkedHashMap<>(sandbox.environment());
    private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();
    private final Map<String, String> seen = new ConcurrentSkipListMap<>();
    private final HttpServer webhook = webhook();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        webhook.stop(0);
        sandbox.close();
    }

    @Test
    void noSecretIsInAnythingThatAnybodyCanRead() throws Exception {
        new ClusterSql(sandbox.environment())
                .run(Stream.of("keys", "session", "wrong", "encrypted", "bad", "other")
                        .map(feed -> "CREATE TABLE public." + feed + " (id INT, name VARCHAR(20))")
                        .toArray(String[]::new));
        secrets();
        configuration();
        Path log = Path.of("target", "secrets-it.log");
        try (CaravanProcess caravan = CaravanProcess.start(environment, log, folder)) {
            await().atMost(Duration.ofMinutes(2)).until(caravan::isReady);
            Stream.of("keys", "session", "wrong", "encrypted", "other").forEach(feed -> put(feed, "1,a\n"));
            put("bad", "one,a\n");
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(statuses())
                            .containsEntry("keys", "complete")
                            .containsEntry("session", "complete")
                            .containsEntry("wrong", "error")
                            .containsEntry("encrypted", "error")
                            .containsEntry("bad", "error")
                            .containsEntry("other", "locked"));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> caravan.log().contains("Cluster second doesn't let this instance in"));
            await().until(() -> authorizations.size() >= 5);
            seeAll(caravan);
        }
        seen.put("log", Files.readString(log));

        // They were in use: the cluster checked password and keys, the webhook got its own, and the process has them
        // all.
        assertThat(authorizations).containsOnly(AUTHORIZATION);
        assertThat(seen.get("log"))
                .contains(
                        "SignatureDoesNotMatch",
                        "not client-side encrypted",
                        "password authentication failed",
                        " DEBUG ");
        assertThat(seen.get("caravan describe feed keys")).contains("secretAccessKey", "***");
        assertThat(seen).hasSizeGreaterThan(20).allSatisfy((where, text) -> {
            assertThat(text).as(where).isNotBlank();
            SECRETS.forEach(secret -> assertThat(text.contains(secret))
                    .as(where + " has " + secret)
                    .isFalse());
        });
    }

    private void secrets() {
        sandbox.redshift().changePassword(PASSWORD);
        sandbox.redshift().acceptKeys(KEY_ID, KEY, Optional.empty());
        sandbox.redshift().acceptKeys("sandbox", OWN_KEY, Optional.of(TOKEN));
        try (SecretsManagerClient manager = SecretsManagerClient.builder()
                .endpointOverride(URI.create(environment.getOrDefault("AWS_ENDPOINT_URL_SECRETS_MANAGER", "")))
                .region(Region.of(Sandbox.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build()) {
            manager.createSecret(r -> r.name("cluster")
                    .secretString(
                            json.createObjectNode().put("password", PASSWORD).toString()));
            manager.createSecret(r -> r.name("second").secretString(WRONG_PASSWORD));
        }
        environment.putAll(Map.of(
                "AWS_SECRET_ACCESS_KEY", OWN_KEY,
                "AWS_SESSION_TOKEN", TOKEN,
                "CARAVAN_REDSHIFT_PASSWORD", "{{aws:cluster#password}}",
                "KEYS_ID", KEY_ID,
                "KEYS_KEY", KEY,
                "WRONG_KEY", WRONG_KEY,
                "MASTER_KEY", MASTER_KEY,
                "CARAVAN_WEBHOOK_URL",
                        "http://localhost:" + webhook.getAddress().getPort() + "/",
                "CARAVAN_WEBHOOK_AUTHORIZATION", AUTHORIZATION,
                "LOG4J_CONFIGURATION_FILE", folder.resolve("log4j2.properties").toString()));
        environment.put("CARAVAN_RECEIVE_WAIT_SECONDS", "1");
        environment.put("CARAVAN_LOAD_RETRY_FOR", "10m");
    }

    private void configuration() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(file);
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        String shipped = Files.readString(Path.of("application.properties"));
        String second = shipped.lines()
                .filter(line -> line.startsWith("camel.beans.redshift"))
                .map(line -> line.replace("camel.beans.redshift", "camel.beans.second"))
                .map(line -> line.contains(".password=") ? "camel.beans.second.password={{aws:second}}" : line)
                .map(line -> line.replace("connectionTimeout=10000", "connectionTimeout=1000"))
                .reduce("", (all, line) -> all + line + "\n");
        Files.writeString(folder.resolve("application.properties"), shipped + "\n" + second);
        String logging = Files.readString(Path.of("src/main/resources/log4j2.properties"));
        Files.writeString(
                folder.resolve("log4j2.properties"),
                logging + "\nlogger.caravan.name = dev.caravan\nlogger.caravan.level = debug\n"
                        + "logger.camel.name = org.apache.camel.processor\nlogger.camel.level = trace\n");
        Files.writeString(
                folder.resolve("routes/feeds.camel.yaml"),
                "- beans:\n"
                        + feed(
                                "keys",
                                "copyCredentials: keys",
                                "accessKeyId: '{{env:KEYS_ID}}'",
                                "secretAccessKey: '{{env:KEYS_KEY}}'")
                        + feed("session", "copyCredentials: session")
                        + feed(
                                "wrong",
                                "copyCredentials: keys",
                                "accessKeyId: '{{env:KEYS_ID}}'",
                                "secretAccessKey: '{{env:WRONG_KEY}}'")
                        + feed("encrypted", "masterSymmetricKey: '{{env:MASTER_KEY}}'", "onBadFile: fail")
                        + feed("bad", "copyCredentials: session")
                        + feed("other", "clusters: second"));
    }

    private String feed(String name, String... more) {
        return """
                    - name: %1$s
                      type: dev.caravan.feed.Feed
                      properties:
                        prefix: %2$s/%1$s/
                        table: public.%1$s
                        batchSize: 1
                """.formatted(name, landing.bucket())
                + String.join("", Stream.of(more).map(line -> line.indent(8)).toList());
    }

    /** Of each feed's batch. */
    private Map<String, String> statuses() {
        Map<String, String> statuses = new LinkedHashMap<>();
        sandbox.dynamoDb().scan(r -> r.tableName("caravan-batches")).items().stream()
                .filter(item -> item.containsKey("feed") && item.containsKey("status"))
                .forEach(item ->
                        statuses.put(item.get("feed").s(), item.get("status").s()));
        return statuses;
    }

    private void seeAll(CaravanProcess caravan) throws Exception {
        sandbox.dynamoDb()
                .listTables()
                .tableNames()
                .forEach(table -> seen.put(
                        "table " + table,
                        sandbox.dynamoDb().scanPaginator(r -> r.tableName(table)).items().stream()
                                .map(Map::toString)
                                .reduce("items:", String::concat)));
        sandbox.s3()
                .listObjectsV2(r -> r.bucket(landing.manifestBucket()))
                .contents()
                .forEach(object -> seen.put(
                        "manifest " + object.key(),
                        sandbox.s3()
                                .getObjectAsBytes(
                                        r -> r.bucket(landing.manifestBucket()).key(object.key()))
                                .asUtf8String()));
        for (String queue : List.of(landing.loadedQueueUrl(), landing.failedQueueUrl(), landing.deadLetterQueueUrl())) {
            seen.put(
                    "queue " + queue,
                    "messages:"
                            + sandbox.sqs()
                                    .receiveMessage(r -> r.queueUrl(queue)
                                            .maxNumberOfMessages(10)
                                            .messageAttributeNames("All"))
                                    .messages());
        }
        seen.put("command line", Files.readString(Path.of("/proc/" + caravan.pid() + "/cmdline"), ISO_8859_1));
        assertThat(Files.readString(Path.of("/proc/" + caravan.pid() + "/environ"), ISO_8859_1))
                .contains(KEY, MASTER_KEY);
        String console = caravan.hawtio().replace("hawtio/", "");
        for (String page : List.of("observe/health", "observe/metrics", "observe/info")) {
            seen.put(page, "page:" + get(console + page));
        }
        for (JsonNode mbean : json.readTree(post(console + "hawtio/jolokia", "{\"type\":\"search\",\"mbean\":\"*:*\"}"))
                .path("value")) {
            String name = mbean.asText();
            seen.put(
                    "mbean " + name,
                    post(
                            console + "hawtio/jolokia",
                            json.createObjectNode()
                                    .put("type", "read")
                                    .put("mbean", name)
                                    .toString()));
        }
        assertThat(seen.get("observe/health")).contains("second");
        for (String command : List.of(
                "status",
                "list feeds",
                "list batches",
                "list files",
                "describe feed keys",
                "describe feed wrong --output json",
                "describe feed encrypted",
                "check")) {
            seen.put("caravan " + command, caravan(command));
        }
        for (String batch : batches()) {
            seen.put("caravan describe batch " + batch, caravan("describe batch " + batch));
        }
        assertThat(seen.get("caravan check")).contains("COPY", "SignatureDoesNotMatch", "second");
    }

    private List<String> batches() throws Exception {
        List<String> ids = new ArrayList<>();
        json.readTree(caravan("list batches --output json")).findValues("id").forEach(id -> ids.add(id.asText()));
        assertThat(ids).hasSizeGreaterThanOrEqualTo(6);
        return ids;
    }

    private String caravan(String command) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                CaravanProcess.JAR.toAbsolutePath().toString()));
        words.addAll(List.of(command.split(" ", -1)));
        Path out = Files.createTempFile(folder, "out", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(AWS|CARAVAN|CAMEL)_.*"));
        builder.environment().putAll(environment);
        builder.environment().remove("LOG4J_CONFIGURATION_FILE");
        builder.redirectErrorStream(true).redirectOutput(out.toFile()).start().waitFor();
        return Files.readString(out, UTF_8);
    }

    private void put(String feed, String content) {
        sandbox.s3().putObject(r -> r.bucket(landing.bucket()).key(feed + "/1.csv"), RequestBody.fromString(content));
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String post(String url, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpServer webhook() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                seen.put("posted " + authorizations.size(), body);
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
