package dev.caravan.sandbox.bench.tables;

import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.run.Cleanup;
import dev.caravan.sandbox.run.RunFailure;
import dev.caravan.sandbox.source.MariaDb;
import dev.caravan.sandbox.source.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Reads one table of MariaDB and of PostgreSQL in every way, in turns, and tells the median of each figure. */
public final class TablesRun {
    private static final Path FOLDER = Path.of("target", "bench");

    private final int rows;
    private final int times;
    private final Cleanup cleanup;
    private final Consumer<String> progress;

    /**
     * Prepares nothing yet.
     *
     * @param rows of the table
     * @param times that each way reads it, besides a first time that doesn't count
     * @param cleanup takes down what is started
     */
    public TablesRun(int rows, int times, Cleanup cleanup, Consumer<String> progress) {
        this.rows = rows;
        this.times = times;
        this.cleanup = cleanup;
        this.progress = progress;
    }

    /** Each figure by its name. */
    public Map<String, Double> run() {
        try {
            // A server writes as the user that it runs as.
            Path folder = Files.createTempDirectory(
                    "caravan-bench-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            Map<String, Double> figures = new LinkedHashMap<>();
            for (Server server : servers()) {
                progress.accept("Filling a table in %s with %,d rows ...".formatted(server.name(), rows));
                SampleTable.fill(server.database(), rows);
                measure(server, folder, figures);
            }
            return figures;
        } catch (IOException | SQLException e) {
            throw new RunFailure("Tables can't be measured", e);
        }
    }

    private List<Server> servers() throws SQLException, IOException {
        progress.accept("Starting MariaDB and PostgreSQL ...");
        MariaDb mariaDb = cleanup.start(MariaDb::start);
        Sandbox sandbox = cleanup.start(() -> Sandbox.start(SandboxOptions.anyPorts()));
        return List.of(Server.mariaDb(mariaDb), Server.postgres(PostgresDatabase.beside(sandbox.redshift(), "shop")));
    }

    private void measure(Server server, Path folder, Map<String, Double> figures) throws IOException {
        Path log = Files.createDirectories(FOLDER).resolve("tables.log");
        List<Way> ways = Way.of(server, folder, MariaDb.program("mariadb-dump", FOLDER));
        Map<Way, List<Reading>> all = new LinkedHashMap<>();
        for (int i = 0; i <= times; i++) {
            for (Way way : ways) {
                progress.accept("%s, %s, %s ..."
                        .formatted(server.name(), way.name(), i == 0 ? "to warm up" : i + " of " + times));
                Reading reading = Reading.of(server, way, folder, log);
                if (i > 0) {
                    all.computeIfAbsent(way, w -> new ArrayList<>()).add(reading);
                }
            }
        }
        all.forEach((way, readings) -> {
            String name = server.name() + ", " + way.name() + ": ";
            double client = median(readings, Reading::client);
            figures.put(name + "rows/s", rows / median(readings, Reading::seconds));
            if (way.sql().isEmpty()) {
                figures.put(name + "rows a client CPU s", rows / client);
                figures.put(name + "client CPU s", client);
            }
            figures.put(name + "server CPU s", median(readings, Reading::server));
            figures.put(name + "MB", median(readings, Reading::bytes) / 1e6);
        });
    }

    private static double median(List<Reading> readings, ToDoubleFunction<Reading> figure) {
        return readings.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList()
                .get((readings.size() - 1) / 2);
    }
}
