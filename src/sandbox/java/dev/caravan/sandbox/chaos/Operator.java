package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.run.CaravanProcess;
import dev.caravan.sandbox.run.RunFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A person who gives commands, in the folder of the instances, and gives one again that the trouble of the moment has made fail. */
final class Operator {
    private static final int LONGEST_SECONDS = 120, PAUSE_MILLIS = 500;

    private final Map<String, String> environment;
    private final Path log = Workplace.FOLDER.resolve("operator.log");
    private final Map<String, Integer> given = new TreeMap<>();

    Operator(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Gives it until it works, or nothing more is to be hoped. */
    void give(String... arguments) {
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        try {
            for (int code = run(arguments); code != 0; code = run(arguments)) {
                if (System.nanoTime() > latest) {
                    throw new RunFailure(
                            "caravan %s goes on failing; see %s".formatted(String.join(" ", arguments), log));
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException e) {
            throw new RunFailure("A command could not be given", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        count(arguments[0]);
    }

    /** Gives it, whether it works or not. */
    void tryOnce(String... arguments) {
        try {
            int code = run(arguments);
            count(code == 0 ? arguments[0] : arguments[0] + " (in vain)");
        } catch (IOException e) {
            throw new RunFailure("A command could not be given", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(String command) {
        synchronized (given) {
            given.merge(command, 1, Integer::sum);
        }
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                CaravanProcess.JAR.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Workplace.FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.matches("(AWS|CARAVAN|CAMEL)_.*"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } finally {
            process.destroyForcibly(); // if somebody stopped the run
        }
    }

    /** How often each command was given and worked. */
    Map<String, Integer> given() {
        synchronized (given) {
            return new TreeMap<>(given);
        }
    }
}
