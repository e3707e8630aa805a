package dev.caravan.sandbox.bench.tables;

import dev.caravan.sandbox.run.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * What it took to read the table once.
 *
 * @param seconds by the clock
 * @param client CPU seconds of what read, the start of its JVM included
 * @param server CPU seconds of the database
 * @param bytes that were written
 */
record Reading(double seconds, double client, double server, long bytes) {
    /** Reads it. */
    static Reading of(Server server, Way way, Path folder, Path log) {
        try {
            FileUtils.cleanDirectory(folder.toFile());
            double clientBefore = CpuTime.ofEnded();
            double serverBefore = CpuTime.of(server.pid());
            long began = System.nanoTime();
            run(server, way, log);
            double seconds = (System.nanoTime() - began) / 1e9;
            return new Reading(
                    seconds, CpuTime.ofEnded() - clientBefore, CpuTime.of(server.pid()) - serverBefore, bytes(folder));
        } catch (IOException | SQLException e) {
            throw new RunFailure(server.name() + ", " + way.name() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("Interrupted");
        }
    }

    private static void run(Server server, Way way, Path log) throws IOException, SQLException, InterruptedException {
        if (!way.sql().isEmpty()) {
            try (Connection connection = server.database().connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(way.sql());
            }
            return;
        }
        ProcessBuilder program =
                new ProcessBuilder(way.program()).redirectErrorStream(true).redirectOutput(log.toFile());
        program.environment().putAll(way.environment());
        Process process = program.start();
        try {
            int status = process.waitFor();
            if (status != 0) {
                List<String> said = Files.readAllLines(log);
                throw new RunFailure(server.name() + ", " + way.name() + " ended with " + status + " and said: "
                        + String.join("\n", said.subList(Math.max(0, said.size() - 10), said.size())));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
