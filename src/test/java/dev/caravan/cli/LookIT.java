package dev.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Ledger;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Everything that an operator looks at, by the packaged jar: what a running instance made of files is what the commands say. */
class LookIT {
    private static final String PAGE = read(Path.of("docs/reference/commands.md"));
    private final Landing landing = SharedSandbox.landing();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());

    @TempDir
    Path folder;

    @Test
    void whatBecameOfFilesIsWhatTheCommandsSay_asTheDocsShowIt() throws Exception {
        cluster.run("CREATE TABLE public.looked_at (id INT, name VARCHAR(20))");
        try (Pipeline instance = new Pipeline(landing, "look")
                .feed("web", "prefix", landing.bucket() + "/web/", "table", "public.looked_at", "batchSize", "2")
                .feed("orders", "prefix", landing.bucket() + "/orders/", "table", "public.no_such", "batchSize", "1")
                .start()) {
            Ledger ledger = instance.ledger();
            put("web/good.csv", "1,a\n");
            put("web/bad.csv", "2,b\nthree,c\n");
            put("orders/1.csv", "1,a\n");
            await().until(() -> status(ledger, "web/bad.csv") == BatchStatus.COMPLETE
                    && status(ledger, "orders/1.csv") == BatchStatus.ERROR);
            put("web/open.csv", "4,d\n");
            await().until(() -> status(ledger, "web/open.csv") == BatchStatus.OPEN);
        }

        List<String> status = likeTheDocs("status");
        assertThat(status).anyMatch(line -> line.matches("orders +- +- +- +0 +0 +1"));
        assertThat(status).anyMatch(line -> line.matches("web +1 file, 4 B +in .* +\\d+ s +0 +0 +0"));
        assertThat(status).anyMatch(line -> line.matches("redshift +up +- +-"));
        assertThat(status).contains("Dead letters " + landing.deadLetterQueueName() + ": 0 waiting, 0 in flight");
        assertThat(likeTheDocs("list", "feeds"))
                .anyMatch(line -> line.matches("web +public.looked_at +redshift +1 file, 4 B .* ago +0 +0 +0 +1"));
        assertThat(likeTheDocs("list", "files"))
                .anyMatch(line -> line.matches("\\S+ +quarantined +12 B +web +web-\\S+ +" + url("web/bad.csv")))
                .anyMatch(line -> line.matches("\\S+ +failed +4 B +orders +orders-\\S+ +" + url("orders/1.csv")))
                .anyMatch(line -> line.matches("\\S+ +loaded +4 B +web +web-\\S+ +" + url("web/good.csv")))
                .anyMatch(line -> line.matches("\\S+ +waiting +4 B +web +web-\\S+ +" + url("web/open.csv")));
        List<String> batches = likeTheDocs("list", "batches");
        assertThat(batches).hasSize(4).anyMatch(line -> line.endsWith("1 quarantined"));
        List<String> file = run("describe", "file", url("web/bad.csv"));
        assertThat(facts(file)).isEqualTo(facts(example("describe file")));
        assertThat(file).anyMatch(line -> line.contains(", line 2 column id: Invalid digit"));

        String failed = batches.stream()
                .filter(line -> line.contains(" error "))
                .findFirst()
                .orElseThrow()
                .replaceFirst(" .*", "");
        assertThat(run("describe", "batch", failed)).anyMatch(line -> line.contains("no_such"));
        assertThat(run("describe", "feed", "orders"))
                .anyMatch(line -> line.startsWith("Last error") && line.contains("no_such"));
        String json = String.join("\n", run("status", "--output", "json"));
        assertThat(Schemas.check(json, "status").path("feeds"))
                .extracting(feed -> feed.path("feed").asText())
                .contains("orders", "web");
    }

    @Test
    void watchingEndsWithExitCode0WhenTheProcessIsToldToStop() throws Exception {
        Path out = folder.resolve("screens");
        try (Pipeline tables = new Pipeline(landing, "look").start()) {
            assertThat(tables.ledger().waitedFor()).isEmpty();
        }
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "target/caravan.jar",
                        "status",
                        "--watch",
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(environment());
        Process watching = builder.start();
        try {
            await().until(() -> read(out).split("\nAt  ", -1).length > 2);
            watching.destroy();
            assertThat(watching.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(watching.exitValue()).isZero();
            assertThat(read(out)).doesNotContain("\u001b");
        } finally {
            watching.destroyForcibly();
        }
    }

    @Test
    void theCompletionScriptMakesTheJarACommand() throws Exception {
        Path script = folder.resolve("completion.bash");
        Files.write(script, run("completion"));
        Process bash = new ProcessBuilder("bash", "--norc", "-c", "source " + script + " && caravan --version")
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said).contains("0.1.0");
    }

    /** A command's lines, whose first has the columns that the docs' example has. */
    private List<String> likeTheDocs(String... command) throws Exception {
        List<String> lines = run(command);
        assertThat(lines.get(0).split(" {2,}"))
                .containsExactly(example(String.join(" ", command)).get(0).split(" {2,}"));
        return lines;
    }

    /** What the docs show behind {@code $ ./caravan <command>}. */
    private static List<String> example(String command) {
        int start = PAGE.indexOf("\n$ ./caravan " + command);
        assertThat(start).as("example of " + command).isPositive();
        return PAGE.substring(start + 1)
                .lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith("$ ") && !line.equals("```"))
                .toList();
    }

    /** The names of facts. */
    private static List<String> facts(List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches("[A-Z][a-z ]+ {2,}.*"))
                .map(line -> line.replaceFirst(" {2,}.*", ""))
                .toList();
    }

    private List<String> run(String... arguments) throws Exception {
        CaravanCommand command = CaravanCommand.run(environment(), arguments);
        assertThat(command.err()).isEmpty();
        assertThat(command.exitCode()).isZero();
        return command.out();
    }

    /** Commands read their feeds from YAML, as a user's do. */
    private Map<String, String> environment() throws Exception {
        Path feeds = Files.writeString(folder.resolve("feeds.camel.yaml"), """
                - beans:
                    - name: web
                      type: dev.caravan.feed.Feed
                      properties: {prefix: %1$s/web/, table: public.looked_at, batchSize: 2}
                    - name: orders
                      type: dev.caravan.feed.Feed
                      properties: {prefix: %1$s/orders/, table: public.no_such, batchSize: 1}
                """.formatted(landing.bucket()));
        Map<String, String> environment = new HashMap<>(SharedSandbox.get().environment());
        environment.put("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", "file:" + feeds);
        environment.put("CARAVAN_LEDGER_TABLE_PREFIX", "look");
        environment.put("CARAVAN_QUEUE", landing.queueName());
        environment.put("CARAVAN_DEAD_LETTER_QUEUE", landing.deadLetterQueueName());
        return environment;
    }

    private BatchStatus status(Ledger ledger, String key) {
        return ledger.known(url(key)).stream()
                .flatMap(known -> ledger.find(known.batch()).stream())
                .map(batch -> batch.status())
                .findFirst()
                .orElse(BatchStatus.LOCKED);
    }

    private String url(String key) {
        return "s3://" + landing.bucket() + "/" + key;
    }

    private void put(String key, String content) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString(content));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
