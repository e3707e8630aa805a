package dev.caravan.sandbox.bench.mirror;

import dev.caravan.sandbox.run.RunFailure;
import dev.caravan.sandbox.source.SourceDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.commons.io.FileUtils;

/** Goes each way from the same rows to the same rows, in turns, and tells the median of each figure. */
public final class MirrorRun {
    private static final String LINE = "%-16s  %-18s %9s %9s %24s%n";

    private final SourceDatabase database;
    private final int rows;
    private final int changes;
    private final int times;
    private final Consumer<String> progress;

    /**
     * Prepares nothing yet.
     *
     * @param database a PostgreSQL's, which nobody else uses meanwhile
     * @param rows of the table
     * @param changes about so many of them are changed, deleted or new
     * @param times that it goes each way
     */
    public MirrorRun(SourceDatabase database, int rows, int changes, int times, Consumer<String> progress) {
        this.database = database;
        this.rows = rows;
        this.changes = changes;
        this.times = times;
        this.progress = progress;
    }

    private record Reading(double seconds, double walMegabytes, double longestMillis) {}

    /** A table for people. Throws {@link RunFailure} if a way doesn't lead to the rows that it has to. */
    public String run() {
        try {
            Path folder = Files.createTempDirectory("caravan-bench-");
            try {
                return measure(folder);
            } finally {
                FileUtils.deleteDirectory(folder.toFile());
            }
        } catch (IOException | SQLException e) {
            throw new RunFailure("Applying a difference can't be measured", e);
        }
    }

    private String measure(Path folder) throws SQLException, IOException {
        progress.accept(
                String.format(Locale.ROOT, "Making %,d rows of %d columns ...", rows, ItemTables.COLUMNS.size()));
        ItemTables tables = ItemTables.fill(database, rows, changes);
        Ways ways = new Ways(tables, folder);
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d rows of %d columns with a key, a unique column and an index; %,d new, %,d changed, %,d deleted%n%n",
                rows,
                ItemTables.COLUMNS.size(),
                tables.changes("I"),
                tables.changes("U"),
                tables.changes("D")));
        text.append(LINE.formatted("way", "", "seconds", "WAL, MB", "longest read, ms"));
        for (Map.Entry<String, Ways.Way> way : ways.all().entrySet()) {
            progress.accept(way.getKey() + ", to warm up ...");
            once(tables, way, false);
            for (boolean checkpoint : new boolean[] {false, true}) {
                String when = checkpoint ? "after a CHECKPOINT" : "before one";
                List<Reading> readings = new ArrayList<>();
                for (int i = 1; i <= times; i++) {
                    progress.accept("%s, %s, %d of %d ...".formatted(way.getKey(), when, i, times));
                    readings.add(once(tables, way, checkpoint));
                }
                text.append(LINE.formatted(
                        way.getKey(),
                        when,
                        median(readings, Reading::seconds, "%,.2f"),
                        median(readings, Reading::walMegabytes, "%,.1f"),
                        median(readings, Reading::longestMillis, "%,.1f")));
            }
        }
        return text.append(String.format("%nMedian of %d, with %s%n", times, tables.settings()))
                .toString();
    }

    private Reading once(ItemTables tables, Map.Entry<String, Ways.Way> way, boolean checkpoint)
            throws SQLException, IOException {
        tables.reset(checkpoint);
        Reading reading;
        try (Reader reader = Reader.start(tables, rows)) {
            long wal = tables.wal(), from = System.nanoTime();
            way.getValue().go();
            double seconds = (System.nanoTime() - from) / 1e9;
            reading = new Reading(seconds, (tables.wal() - wal) / 1e6, reader.longestMillis());
        }
        tables.requireAfter(way.getKey());
        return reading;
    }

    private static String median(List<Reading> readings, ToDoubleFunction<Reading> figure, String format) {
        List<Double> sorted =
                readings.stream().map(figure::applyAsDouble).sorted().toList();
        return String.format(Locale.ROOT, format, sorted.get((sorted.size() - 1) / 2));
    }
}
