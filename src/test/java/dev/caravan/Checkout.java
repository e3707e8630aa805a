package dev.caravan;

import static org.awaitility.Awaitility.await;

import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.parts.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of what a user has in a checkout, routes and settings, in which Caravan runs as a process and which a test may edit. */
final class Checkout implements AutoCloseable {
    static final Path HERE = Path.of("").toAbsolutePath();
    static final Path JAR = HERE.resolve("target/caravan.jar");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Path folder;
    private final Path log;
    private final int consolePort;
    private final Process process;

    private Checkout(Path folder, Path log, int consolePort, Process process) {
        this.folder = folder;
        this.log = log;
        this.consolePort = consolePort;
        this.process = process;
    }

    /**
     * Starts {@code java} in a copy of the checkout and waits until the routes are started.
     *
     * @param folder becomes the copy
     * @param log what it prints; kept beside the build's other results
     * @param settings environment variables of Caravan, in addition to the sandbox's
     */
    static Checkout start(
            Sandbox sandbox, Path folder, Path log, Map<String, String> settings, List<String> arguments) {
        try {
            copy(HERE.resolve("routes"), folder.resolve("routes"));
            Files.copy(HERE.resolve("application.properties"), folder.resolve("application.properties"));
            List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1"));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            int port = FreePort.pick();
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(name -> name.matches("(AWS|CARAVAN|CAMEL|JOLOKIA)_.*"));
            environment.putAll(sandbox.environment());
            environment.put("CARAVAN_RECEIVE_WAIT_SECONDS", "1");
            environment.put("CARAVAN_CONSOLE_PORT", Integer.toString(port));
            environment.putAll(settings);
            Checkout checkout = new Checkout(folder, log, port, builder.start());
            checkout.awaitLog("Ready: ");
            return checkout;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the copy. */
    Path file(String name) {
        return folder.resolve(name);
    }

    String address(String path) {
        return "http://localhost:" + consolePort + path;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Everything printed so far. */
    String log() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the log has the text; fails at once with the log if the process ends. */
    void awaitLog(String text) {
        await(text)
                .atMost(Duration.ofSeconds(90))
                .failFast(() -> {
                    if (!isAlive() && !log().contains(text)) {
                        throw new IllegalStateException("It ended by itself:\n" + log());
                    }
                })
                .until(() -> log().contains(text));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
