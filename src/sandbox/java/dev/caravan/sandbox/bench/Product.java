package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.RouteFolders;
import dev.caravan.sandbox.bench.emulator.Emulators;
import dev.caravan.sandbox.run.CaravanProcess;
import dev.caravan.sandbox.run.RunFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged jar, as one or several processes, with the shipped settings and routes and the bench's feeds. */
final class Product implements AutoCloseable {
    static final Path FOLDER = Path.of("target", "bench");

    private final List<CaravanProcess> instances = new ArrayList<>();
    private final Map<String, String> uncounted;

    private Product(Map<String, String> uncounted) {
        this.uncounted = uncounted;
    }

    /** Writes the folder in which the processes run. */
    static void prepare(String bucket, List<BenchFeed> feeds) {
        try {
            Path routes = Files.createDirectories(FOLDER.resolve("routes"));
            try (Stream<Path> old = Files.list(FOLDER)) {
                for (Path file : old.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
            Files.copy(Path.of("application.properties"), FOLDER.resolve("application.properties"));
            Files.writeString(
                    routes.resolve("feeds.camel.yaml"),
                    feeds.stream().map(feed -> feed.yaml(bucket)).collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the instances; they may not be up yet. */
    static Product start(Emulators emulators, BenchOptions options) {
        Product product = new Product(environment(emulators.uncounted(), options));
        for (int number = 1; number <= options.instances; number++) {
            product.instances.add(CaravanProcess.start(
                    environment(emulators.environment(), options),
                    FOLDER.resolve("caravan-" + number + ".log"),
                    FOLDER,
                    jvm(options, number)));
        }
        return product;
    }

    private static List<String> jvm(BenchOptions options, int number) {
        List<String> jvm = new ArrayList<>(List.of(
                "-Xmx" + options.heapMegabytes + "m",
                "-Xlog:gc:file=" + gcLog(number).toAbsolutePath()));
        jvm.addAll(options.jvm);
        if (options.jfr) {
            jvm.add("-XX:StartFlightRecording=settings=profile,name=bench");
        }
        return jvm;
    }

    private static Map<String, String> environment(Map<String, String> emulators, BenchOptions options) {
        Map<String, String> environment = new LinkedHashMap<>(emulators);
        environment.put("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", RouteFolders.pattern() + ",file:routes/*.camel.yaml");
        options.settings.forEach(
                (key, value) -> environment.put(key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
        return environment;
    }

    boolean isReady() {
        return instances.stream().allMatch(CaravanProcess::isReady);
    }

    void requireRunning() {
        instances.forEach(CaravanProcess::requireRunning);
    }

    void pause() {
        instances.forEach(CaravanProcess::pause);
    }

    void resume() {
        instances.forEach(CaravanProcess::resume);
    }

    /** The time that all processors have spent on all instances, since each one's start. */
    Duration cpu() {
        return instances.stream()
                .map(instance -> ProcessHandle.of(instance.pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow(() -> new RunFailure("This system doesn't tell a process's CPU time")))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Has an open batch loaded as it is, with the product's own command. */
    void flush(BenchFeed feed) {
        command("flush", "feed", feed.name());
    }

    private void command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                CaravanProcess.JAR.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Path log = FOLDER.resolve("command.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(AWS|CARAVAN|CAMEL)_.*"));
        builder.environment().putAll(uncounted);
        try {
            Process process = builder.start();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new RunFailure("caravan " + String.join(" ", arguments) + " failed: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new RunFailure("caravan " + String.join(" ", arguments) + " could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("Interrupted");
        }
    }

    /** Writes what Java Flight Recorder has seen, and returns the files. */
    List<Path> recordings() {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            Path file = FOLDER.resolve("caravan-" + (i + 1) + ".jfr").toAbsolutePath();
            try {
                new ProcessBuilder(
                                "jcmd",
                                Long.toString(instances.get(i).pid()),
                                "JFR.dump",
                                "name=bench",
                                "filename=" + file)
                        .redirectErrorStream(true)
                        .redirectOutput(FOLDER.resolve("jcmd.log").toFile())
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new RunFailure("jcmd could not be run", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            files.add(file);
        }
        return files;
    }

    /** Of all instances. */
    HeapUse heap() {
        HeapUse most = HeapUse.NONE;
        for (int number = 1; number <= instances.size(); number++) {
            try {
                most = most.max(HeapUse.of(Files.readAllLines(gcLog(number))));
            } catch (IOException e) {
                throw new RunFailure("The log of garbage collections can't be read", e);
            }
        }
        return most;
    }

    private static Path gcLog(int number) {
        return FOLDER.resolve("gc-" + number + ".log");
    }

    /** As an operator would. */
    void stop() {
        for (CaravanProcess instance : instances) {
            try {
                instance.stop(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunFailure("Interrupted");
            }
        }
    }

    @Override
    public void close() {
        instances.forEach(CaravanProcess::kill); // nothing of it is wanted any more
    }
}
