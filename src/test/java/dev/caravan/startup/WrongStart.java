package dev.caravan.startup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.parts.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of the shipped configuration that a test spoils, and the product started there as a process of its own: everything that a person sees of
 * it, and the exit code.
 */
final class WrongStart {
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final long LONGEST_SECONDS = 90;

    private final Path folder;
    private final Map<String, String> environment =
            new LinkedHashMap<>(SharedSandbox.get().environment());

    private WrongStart(Path folder) {
        this.folder = folder;
        environment.put("CARAVAN_CONSOLE_PORT", Integer.toString(FreePort.pick()));
        environment.put("CARAVAN_RECEIVE_WAIT_SECONDS", "1");
    }

    /** In a folder with the shipped settings and routes, which starts as it is. */
    static WrongStart in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(HERE.resolve("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(HERE.relativize(file).toString()));
            }
        }
        return new WrongStart(folder).file("application.properties", shipped());
    }

    /** The shipped settings. */
    static String shipped() throws IOException {
        return Files.readString(HERE.resolve("application.properties"));
    }

    /** In a folder as it is. */
    static WrongStart inWhatever(Path folder) {
        return new WrongStart(folder);
    }

    /** With a line of {@code application.properties} more. */
    WrongStart setting(String line) throws IOException {
        Path file = folder.resolve("application.properties");
        Files.writeString(file, Files.readString(file) + "\n" + line + "\n");
        return this;
    }

    /** With an environment variable more. */
    WrongStart variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** With another text in a file. */
    WrongStart replaced(String file, String text, String by) throws IOException {
        Path path = folder.resolve(file);
        String before = Files.readString(path);
        if (!before.contains(text)) {
            throw new IllegalArgumentException(file + " has no " + text);
        }
        Files.writeString(path, before.replace(text, by));
        return this;
    }

    /** With a file more. */
    WrongStart file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return this;
    }

    /**
     * What came of it.
     *
     * @param exitCode of the process; -1 if it had to be killed, for it ran on
     * @param lines of both its outputs
     */
    record Ended(int exitCode, List<String> lines) {
        /** From the first line of the reason on. */
        List<String> reason() {
            int first = 0;
            while (first < lines.size() && !lines.get(first).startsWith("Caravan can't start")) {
                first++;
            }
            return lines.subList(first, lines.size());
        }

        /** What a person has to scroll past before it. */
        List<String> before() {
            return lines.subList(0, lines.size() - reason().size());
        }
    }

    /** Starts it, or gives a command, and waits for its end. */
    Ended start(String... arguments) throws IOException, InterruptedException {
        return started("", arguments);
    }

    /** Starts it, asks it to stop as soon as its log has a line with this, and waits for its end. */
    Ended stopAt(String line) throws IOException, InterruptedException {
        return started(line);
    }

    private Ended started(String stopAt, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                HERE.resolve("target/classes") + ":" + Files.readString(HERE.resolve("target/test-class-path")),
                "dev.caravan.Caravan"));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile("wrong-start", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(AWS|CARAVAN|CAMEL|JOLOKIA)_.*"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!stopAt.isEmpty()) {
                await().pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(LONGEST_SECONDS))
                        .until(() -> Files.readString(log).contains(stopAt));
                process.destroy();
            }
            int exitCode = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
            return new Ended(exitCode, Files.readAllLines(log, UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }
}
