package dev.caravan.sandbox.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The demo as a process, started as the caravan script starts it. */
final class DemoRun implements AutoCloseable {
    private final Process process;
    private final Path output;

    private DemoRun(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static DemoRun start(Path folder, String... arguments) throws IOException {
        Path output = folder.resolve("output");
        Path target = Path.of("target");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlog4j2.configurationFile=log4j2-sandbox.xml",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                "target/test-classes:target/classes:"
                        + Files.readString(target.resolve("test-class-path")).strip(),
                DemoCommand.class.getName()));
        command.addAll(List.of(arguments));
        return new DemoRun(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** Waits until it has said something, or is over; what it has started until then and still runs. */
    List<ProcessHandle> await(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .until(() -> !process.isAlive() || wanted.matcher(output()).find());
        return process.descendants().toList();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** Sends it SIGTERM, and waits until it is over. */
    boolean terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor(30, TimeUnit.SECONDS);
    }

    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
