package dev.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.RouteFolders;
import dev.caravan.sandbox.SharedSandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An installation of a test's own: its settings, its feeds, and the commands given there, in this JVM or by the packaged jar. */
public final class OperatorSetting implements AutoCloseable {
    private final Map<String, String> settings = new HashMap<>();
    private final StringBuilder feeds = new StringBuilder("- beans:\n");
    private final Path file;

    public OperatorSetting(Landing landing, String tablePrefix) {
        try {
            file = Files.createTempFile("feeds", ".camel.yaml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        with("camel.main.routesIncludePattern", "file:" + file);
        with("caravan.queue", landing.queueName());
        with("caravan.dead-letter-queue", landing.deadLetterQueueName());
        with("caravan.manifest-prefix", landing.manifestBucket() + "/manifests");
        with("caravan.loaded-topic", landing.loadedTopicArn());
        with("caravan.failed-topic", landing.failedTopicArn());
        with("caravan.ledger.table-prefix", tablePrefix);
        SharedSandbox.get().environment().forEach((name, value) -> {
            if (name.startsWith("CARAVAN_")) {
                with(
                        name.toLowerCase(Locale.ROOT)
                                .replaceFirst("_", ".")
                                .replace("redshift_", "redshift.")
                                .replace("s3_path_style", "s3.path-style"),
                        value);
            }
        });
    }

    public OperatorSetting with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Has the shipped routes as well, for a command that runs them. */
    public OperatorSetting withRoutes() {
        return with(
                "camel.main.routesIncludePattern",
                RouteFolders.pattern() + ",file:routes/housekeeping/*.yaml,file:" + file);
    }

    /** Adds a feed; {@code properties} as in YAML, key and value in turns. */
    public OperatorSetting feed(String name, String... properties) {
        return bean(name, "dev.caravan.feed.Feed", properties);
    }

    /** Adds a sync, likewise. */
    public OperatorSetting sync(String name, String... properties) {
        return bean(name, "dev.caravan.pipeline.tabletoredshift.sync.TableSync", properties);
    }

    /** Adds a mirror, likewise. */
    public OperatorSetting mirror(String name, String... properties) {
        return bean(name, "dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror", properties);
    }

    private OperatorSetting bean(String name, String type, String... properties) {
        feeds.append("    - name: ")
                .append(name)
                .append("\n      type: ")
                .append(type)
                .append("\n      properties:\n");
        for (int i = 0; i < properties.length; i += 2) {
            feeds.append("        ")
                    .append(properties[i])
                    .append(": ")
                    .append(properties[i + 1])
                    .append('\n');
        }
        return this;
    }

    /** Runs a command in this JVM. */
    public CaravanCommand run(String... arguments) {
        write();
        settings.forEach(System::setProperty);
        try {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int code = Commands.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
            return new CaravanCommand(code, out.toString().lines().toList(), err.toString());
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }

    /** Runs a command of the packaged jar. */
    public CaravanCommand runJar(String... arguments) throws Exception {
        return CaravanCommand.run(environment(), arguments);
    }

    /** What a process of this installation needs in its environment. */
    public Map<String, String> environment() {
        write();
        Map<String, String> environment = new HashMap<>(SharedSandbox.get().environment());
        settings.forEach(
                (key, value) -> environment.put(key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
        return environment;
    }

    private void write() {
        try {
            Files.writeString(file, feeds, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.delete(file);
    }

    /** The lines as one text. */
    public static String text(List<String> lines) {
        return String.join("\n", lines);
    }
}
