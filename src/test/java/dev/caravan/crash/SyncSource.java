package dev.caravan.crash;

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
import java.util.Optional;

/** The tables that a lane's syncs take, and runs of them that somebody asks for. */
final class SyncSource {
    private final SourceDatabase database = SharedSources.mariaDb();
    private final String schema;
    private final Runs runs;
    private final SyncBook book;

    SyncSource(Sandbox sandbox, String lane) {
        schema = "crash_" + lane;
        LedgerSettings settings = new LedgerSettings(lane, "somebody", Duration.ofMinutes(1), Duration.ofDays(1));
        runs = new Runs(sandbox.dynamoDb(), settings, Clock.systemUTC());
        book = new SyncBook(runs, new Units(sandbox.dynamoDb(), settings, Clock.systemUTC()), Clock.systemUTC());
        execute("CREATE DATABASE IF NOT EXISTS " + schema);
    }

    /** The source, as a process has it. */
    String bean() {
        return """
                  - name: crashDb
                    type: org.mariadb.jdbc.MariaDbDataSource
                    properties:
                      url: %s
                      user: %s
                      password: %s
                """.formatted(database.url(), database.user(), database.password());
    }

    /** The sync of a case. */
    String sync(Case of) {
        return """
                  - name: %1$s
                    type: dev.caravan.pipeline.tabletoredshift.sync.TableSync
                    properties:
                      source: crashDb
                      tables: %2$s.%1$s
                      targetSchema: public
                """.formatted(of.name(), schema);
    }

    /** Fills a case's table, and asks for a run. */
    void ask(Case of) {
        String table = schema + "." + of.name();
        execute("CREATE TABLE " + table + " (id INT PRIMARY KEY, name VARCHAR(5))");
        of.scenario().rows(0).forEach(row -> {
            int comma = row.indexOf(',');
            execute("INSERT INTO " + table + " VALUES (" + row.substring(0, comma) + ", '" + row.substring(comma + 1)
                    + "')");
        });
        if (!(book.ask(of.name(), RunOptions.PLANNED, "somebody") instanceof Beginning.Begun)) {
            throw new IllegalStateException("no run of " + of.name() + " could begin");
        }
    }

    /** What is wrong with the run that was asked for; empty if it is complete. */
    Optional<String> wrong(Case of) {
        return runs.newest(of.name(), 1).stream()
                .filter(run -> run.status() != RunStatus.COMPLETE)
                .map(run -> "run " + run.status().word() + " at " + run.stage() + " " + run.reason())
                .findFirst();
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
