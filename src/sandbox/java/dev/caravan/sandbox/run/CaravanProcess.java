package dev.caravan.sandbox.run;

import dev.caravan.sandbox.parts.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged Caravan with the shipped configuration and routes, as a process of its own. */
public final class CaravanProcess implements AutoCloseable {
    public static final Path JAR = Path.of("target", "caravan.jar");

    /** Its long poll of the queue keeps it for up to 20 s; what it could still lose is the sandbox's, which ends as well. */
    private static final long LONGEST_STOP_SECONDS = 2;

    private static final int LINES_OF_LOG = 15;

    private final Process process;
    private final int port;
    private final Path log;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(1))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private CaravanProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** As {@link #start(Map, Path, Path)}, with the checkout's own configuration and routes. */
    public static CaravanProcess start(Map<String, String> environment, Path log) {
        return start(environment, log, Path.of(""));
    }

    /**
     * Starts it. The working directory must be the checkout.
     *
     * @param environment points it at the sandbox; nothing else of ours that could configure it is handed on
     * @param log what it prints
     * @param folder where it finds {@code application.properties} and routes
     */
    public static CaravanProcess start(Map<String, String> environment, Path log, Path folder) {
        return start(environment, log, folder, List.of("-XX:TieredStopAtLevel=1")); // starts sooner
    }

    /** As {@link #start(Map, Path, Path)}, with options of the JVM's own. */
    public static CaravanProcess start(
            Map<String, String> environment, Path log, Path folder, List<String> jvmOptions) {
        if (!Files.exists(JAR)) {
            throw new RunFailure(JAR + " is missing here; start this with ./caravan, which builds it");
        }
        int port = FreePort.pick();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(folder.toAbsolutePath().toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(AWS|CARAVAN|CAMEL)_.*"));
        builder.environment().putAll(environment);
        builder.environment().put("CARAVAN_CONSOLE_PORT", Integer.toString(port));
        try {
            return new CaravanProcess(
                    builder.redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    port,
                    log);
        } catch (IOException e) {
            throw new RunFailure("Caravan could not be started", e);
        }
    }

    /** Where its console is. */
    public String hawtio() {
        return "http://localhost:" + port + "/hawtio/";
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether its health check says that it is up. Throws {@link RunFailure} with the end of its log if it is no longer running. */
    public boolean isReady() {
        requireRunning();
        try {
            HttpRequest health = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/observe/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends it as a power cut would: it can't finish anything. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it in its tracks, as a long garbage collection or a frozen machine would: it notices nothing until {@link #resume}. */
    public void pause() {
        signal("-STOP");
    }

    /** Lets it go on where it was paused. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new RunFailure("Caravan's process could not be sent " + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Throws {@link RunFailure} with the end of its log if it is no longer running. */
    public void requireRunning() {
        if (!process.isAlive()) {
            throw new RunFailure("Caravan ended by itself with exit code " + process.exitValue() + ". " + endOfLog());
        }
    }

    /** Waits until it ends. */
    public void join() throws InterruptedException {
        process.waitFor();
    }

    /** Asks it to stop and waits until it has; throws {@link RunFailure} if that takes longer. */
    public void stop(Duration longest) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new RunFailure("Caravan has not stopped after " + longest + ". " + endOfLog());
        }
    }

    /** All that it has printed. */
    public String log() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new RunFailure("Its log, " + log + ", can't be read: " + e.getMessage());
        }
    }

    public String endOfLog() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> end = lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size());
            return "The end of its log, " + log + ":\n  " + String.join("\n  ", end);
        } catch (IOException e) {
            return "Its log, " + log + ", can't be read: " + e.getMessage();
        }
    }

    /** Asks it to stop, and ends it if it doesn't. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
