package dev.caravan.sandbox.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A command of the packaged Caravan, as a process of its own: {@code caravan sync shop}. */
public final class CaravanCommand implements AutoCloseable {
    private static final Path ARCHIVE = Path.of("target", "caravan.jsa");

    private final Process process;

    private CaravanCommand(Process process) {
        this.process = process;
    }

    /**
     * Starts it, with the options that the caravan script gives to commands. The working directory must be the checkout.
     *
     * @param environment points it at the sandbox; nothing else of ours that could configure it is handed on
     * @param folder where it finds {@code application.properties} and routes
     */
    public static CaravanCommand start(Map<String, String> environment, Path folder, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:SharedArchiveFile=" + ARCHIVE.toAbsolutePath(),
                "-Xlog:disable",
                "-jar",
                CaravanProcess.JAR.toAbsolutePath().toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(AWS|CARAVAN|CAMEL)_.*"));
        builder.environment().putAll(environment);
        try {
            return new CaravanCommand(builder.start());
        } catch (IOException e) {
            throw new RunFailure("caravan " + String.join(" ", words) + " could not be started", e);
        }
    }

    /**
     * Hands on each line that it prints, until it is over, and returns its exit code.
     *
     * @param longest after so long it is ended, and this throws {@link RunFailure}
     */
    public int follow(Duration longest, Consumer<String> line) {
        AtomicBoolean late = new AtomicBoolean();
        CompletableFuture<Process> end = process.onExit();
        CompletableFuture<Process> watch = end.copy()
                .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(timeout -> {
                    late.set(true);
                    return process.destroyForcibly();
                });
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line);
        } catch (IOException | UncheckedIOException e) {
            throw new RunFailure("What a command says can't be read", e);
        }
        watch.join();
        int exitCode = end.join().exitValue();
        if (late.get()) {
            throw new RunFailure("It was not over after " + longest.toSeconds() + " s");
        }
        return exitCode;
    }

    /** Ends it, if it isn't over. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
