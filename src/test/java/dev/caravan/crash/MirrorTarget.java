package dev.caravan.crash;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.runs.Beginning;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The tables that a lane's mirrors stand in, and runs of them that somebody asks for. */
final class MirrorTarget {
    private static final Duration LONGEST_RUN = Duration.ofSeconds(60);

    private final SourceDatabase database = SharedSources.postgres();
    private final ClusterSql cluster;
    private final String schema;
    private final Runs runs;
    private final MirrorBook book;

    MirrorTarget(Sandbox sandbox, String lane) {
        schema = "mirrored_" + lane;
        cluster = new ClusterSql(sandbox.environment());
        LedgerSettings settings = new LedgerSettings(lane, "somebody", Duration.ofMinutes(1), Duration.ofDays(1));
        runs = new Runs(sandbox.dynamoDb(), settings, Clock.systemUTC());
        book = new MirrorBook(runs, Clock.systemUTC());
        execute("CREATE SCHEMA IF NOT EXISTS " + schema);
    }

    /** The mirror of a case, into the database that syncs read. */
    String mirror(Case of) {
        return """
                  - name: %1$s
                    type: dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror
                    properties:
                      source: redshift
                      table: %2$s
                      keys: id
                      target: crashPostgres
                      targetTable: %3$s.%1$s
                      iamRole: default
                """.formatted(of.name(), of.table(), schema)
                + of.scenario().properties().stream()
                        .map(property -> "      " + property + "\n")
                        .collect(joining());
    }

    /** Fills a case's table in the cluster, has it mirrored once, and changes it then. */
    void fill(Case of) {
        execute("CREATE TABLE " + schema + "." + of.name() + " (id int PRIMARY KEY, name text)");
        of.scenario().rows(0).forEach(row -> {
            int comma = row.indexOf(',');
            cluster.run("INSERT INTO " + of.table() + " (id, name) VALUES (" + row.substring(0, comma) + ", '"
                    + row.substring(comma + 1) + "')");
        });
        ask(of);
        await().atMost(LONGEST_RUN)
                .until(() -> runs.newest(of.name(), 1).stream().allMatch(run -> run.status() == RunStatus.COMPLETE));
        of.scenario().then(of.table()).forEach(cluster::run);
    }

    /** Asks for a run; one a second can be asked for. */
    void ask(Case of) {
        await().atMost(LONGEST_RUN)
                .until(() -> book.ask(of.name(), false, false, "somebody") instanceof Beginning.Begun);
    }

    /** What is wrong with the last run, and with what the target has. */
    List<String> wrong(Case of) {
        List<String> faults = new ArrayList<>();
        runs.newest(of.name(), 1).stream()
                .filter(run -> run.status() != RunStatus.COMPLETE)
                .forEach(run -> faults.add("run " + run.status().word() + " at " + run.stage() + " " + run.reason()));
        List<String> rows = rows(of);
        if (!rows.equals(of.scenario().loaded())) {
            faults.add("mirrored " + rows + " instead of " + of.scenario().loaded());
        }
        return faults;
    }

    private List<String> rows(Case of) {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id || ',' || name FROM " + schema + "." + of.name() + " ORDER BY id")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private void execute(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
