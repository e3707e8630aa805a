package dev.caravan.sandbox.chaos.tables;

import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.chaos.check.Clusters;
import dev.caravan.sandbox.chaos.check.Finding;
import dev.caravan.sandbox.chaos.plan.Trouble;
import dev.caravan.sandbox.run.Cleanup;
import dev.caravan.sandbox.source.MariaDb;
import dev.caravan.sandbox.source.PostgresDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Sources, and who writes to them. */
public final class ChangingTables implements AutoCloseable {
    private static final int WRITERS = 3;

    private final List<ChangingSource> sources;
    private final Random random;
    private final List<TableWriter> writers = new ArrayList<>();

    private ChangingTables(List<ChangingSource> sources, long seed) {
        this.sources = sources;
        random = new Random(seed);
    }

    /** None: a run without them. */
    public static ChangingTables none() {
        return new ChangingTables(List.of(), 0);
    }

    /**
     * Starts the databases and makes the tables.
     *
     * @param cleanup stops what this starts
     */
    public static ChangingTables start(Sandbox sandbox, long seed, Cleanup cleanup) {
        MariaDb mariaDb = cleanup.start(MariaDb::start);
        return new ChangingTables(
                List.of(
                        new ChangingSource(Trouble.Passing.MARIADB, mariaDb).prepare(),
                        new ChangingSource(
                                        Trouble.Passing.POSTGRES,
                                        PostgresDatabase.beside(sandbox.redshift(), "chaos_tables"))
                                .prepare()),
                seed);
    }

    /** Lines of application.properties. */
    public List<String> settings() {
        return sources.stream().flatMap(source -> source.settings().stream()).toList();
    }

    /**
     * Beans that sync the tables every ten seconds.
     *
     * @param minutes in which they do
     */
    public String yaml(Minutes minutes, List<String> clusters) {
        return sources.stream()
                .map(source -> source.yaml("0/10 " + minutes.cron() + " * * * ?", String.join(", ", clusters)))
                .collect(Collectors.joining());
    }

    /** Begins to write. */
    public void begin() {
        for (ChangingSource source : sources) {
            for (int i = 0; i < WRITERS; i++) {
                writers.add(TableWriter.start(source, new Random(random.nextLong())));
            }
        }
    }

    /** Ends it; how many transactions were committed. */
    public int stop() {
        close();
        return writers.stream().mapToInt(TableWriter::stop).sum();
    }

    /** Ends all connections of the user that reads a source. */
    public void cutReaders(String source) {
        sources.stream().filter(one -> one.name().equals(source)).forEach(ChangingSource::cutReaders);
    }

    /** The names of the syncs. */
    public List<String> syncs() {
        return sources.stream().flatMap(source -> source.syncs().stream()).toList();
    }

    /** What clusters lack or have too much, once every sync has run. */
    public List<Finding> findings(Clusters clusters, List<String> names) {
        List<Finding> findings = new ArrayList<>();
        for (ChangingSource source : sources) {
            for (ChangingTable table : ChangingTable.values()) {
                findings.addAll(TableCheck.findings(source, table, clusters, names));
            }
        }
        return findings;
    }

    @Override
    public void close() {
        writers.forEach(TableWriter::close);
    }
}
