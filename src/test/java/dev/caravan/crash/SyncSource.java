package dev.caravan.crash;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.runs.Beginning;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.run.RunOptions;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables that a lane's syncs take, and runs of them that somebody asks for. */
final class SyncSource {
    private static final Duration LONGEST_RUN = Duration.ofSeconds(60);

    private final SourceDatabase mariaDb = SharedSources.mariaDb();
    private final SourceDatabase postgres = SharedSources.postgres();
    private final String schema;
    private final Runs runs;
    private final SyncBook book;

    SyncSource(Sandbox sandbox, String lane) {
        schema = "crash_" + lane;
        LedgerSettings settings = new LedgerSettings(lane, "somebody", Duration.ofMinutes(1), Duration.ofDays(1));
        runs = new Runs(sandbox.dynamoDb(), settings, Clock.systemUTC());
        book = new SyncBook(runs, new Units(sandbox.dynamoDb(), settings, Clock.systemUTC()), Clock.systemUTC());
        execute(mariaDb, "CREATE SCHEMA IF NOT EXISTS " + schema);
        execute(postgres, "CREATE SCHEMA IF NOT EXISTS " + schema);
    }

    /** The sources, as a process has them. */
    String beans() {
        return bean("crashMariaDb", "org.mariadb.jdbc.MariaDbDataSource", mariaDb)
                + bean("crashPostgres", "org.postgresql.ds.PGSimpleDataSource", postgres);
    }

    private static String bean(String name, String type, SourceDatabase database) {
        return """
                  - name: %s
                    type: %s
                    properties:
                      url: %s
                      user: %s
                      password: %s
                """.formatted(
                        name,
                        type,
                        database.url(),
                        database.user(),
                        database.password().isEmpty() ? "trusted" : database.password());
    }

    /** The sync of a case. */
    String sync(Case of) {
        return """
                  - name: %s
                    type: dev.caravan.pipeline.tabletoredshift.sync.TableSync
                    properties:
                      source: %s
                      tables: '%s'
                      targetSchema: public
                      columns: '!updated_at'
                """.formatted(
                                of.name(),
                                of.scenario().isOfPostgres() ? "crashPostgres" : "crashMariaDb",
                                tables(of).collect(joining(", ")))
                + of.scenario().properties().stream()
                        .map(property -> "      " + property + "\n")
                        .collect(joining());
    }

    private Stream<String> tables(Case of) {
        return of.scenario().tables().stream().map(table -> schema + "." + of.name() + table);
    }

    /** Makes and fills a case's tables; if it is about a later run, the first one is over then. */
    void fill(Case of) {
        SourceDatabase database = of.scenario().isOfPostgres() ? postgres : mariaDb;
        tables(of).forEach(table -> {
            execute(
                    database,
                    "CREATE TABLE " + table
                            + " (id INT PRIMARY KEY, name VARCHAR(5), updated_at TIMESTAMP(6) NOT NULL DEFAULT now(6))"
                                    .replace("now(6)", of.scenario().isOfPostgres() ? "now()" : "now(6)"));
            of.scenario().rows(0).forEach(row -> {
                int comma = row.indexOf(',');
                execute(
                        database,
                        "INSERT INTO " + table + " (id, name) VALUES (" + row.substring(0, comma) + ", '"
                                + row.substring(comma + 1) + "')");
            });
            List<String> then = of.scenario().then(table);
            if (!then.isEmpty()) {
                ask(of);
                await().atMost(LONGEST_RUN)
                        .until(() ->
                                runs.newest(of.name(), 1).stream().allMatch(run -> run.status() == RunStatus.COMPLETE));
                then.forEach(sql -> execute(database, sql));
            }
        });
    }

    /** Asks for a run; one a second can be asked for. */
    void ask(Case of) {
        await().atMost(LONGEST_RUN)
                .until(() -> book.ask(of.name(), RunOptions.PLANNED, "somebody") instanceof Beginning.Begun);
    }

    /** What is wrong with the run that was asked for; empty if it is complete. */
    Optional<String> wrong(Case of) {
        return runs.newest(of.name(), 1).stream()
                .filter(run -> run.status() != RunStatus.COMPLETE)
                .map(run -> "run " + run.status().word() + " at " + run.stage() + " " + run.reason())
                .findFirst();
    }

    private static void execute(SourceDatabase database, String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
