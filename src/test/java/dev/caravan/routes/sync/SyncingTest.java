package dev.caravan.routes.sync;

import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.runs.Beginning;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.pipeline.tabletoredshift.run.RunOptions;
import dev.caravan.pipeline.tabletoredshift.run.SyncStages;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of syncs share: a database and a schema of their own, and instances that are stopped in the end. */
abstract class SyncingTest {
    private static int tests;

    final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    final Landing landing = SharedSandbox.landing();
    private final List<Pipeline> instances = new ArrayList<>();
    private final SourceDatabase database;

    /** The source's database, and the schema in Redshift. */
    String schema = "";

    SyncingTest() {
        this(SharedSources.mariaDb());
    }

    SyncingTest(SourceDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void schemaOfItsOwn() throws SQLException {
        schema = "shop" + getClass().getSimpleName().toLowerCase(Locale.ROOT) + ++tests;
        source("CREATE SCHEMA " + schema);
    }

    @AfterEach
    void stop() {
        SharedSandbox.get().redshift().faults().clear();
        SharedSandbox.get().awsFaults().clear();
        instances.forEach(Pipeline::close);
    }

    /** Has the source do something. */
    final void source(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** An instance with a sync {@code shop} of all tables, with more properties, key and value in turns. */
    final Pipeline start(String... properties) {
        return launch(pipeline(properties));
    }

    final Pipeline launch(Pipeline pipeline) {
        instances.add(pipeline.start());
        return pipeline;
    }

    final Pipeline pipeline(String... properties) {
        List<String> all = new ArrayList<>(List.of("source", "shopDb", "tables", schema + ".*", "iamRole", "default"));
        all.addAll(List.of(properties));
        String driver = database.url().startsWith("jdbc:mariadb:")
                ? "org.mariadb.jdbc.MariaDbDataSource"
                : "org.postgresql.ds.PGSimpleDataSource";
        return new Pipeline(landing, prefix())
                .with("camel.beans.shopDb", "#class:" + driver)
                .with("camel.beans.shopDb.url", database.url())
                .with("camel.beans.shopDb.user", database.user())
                .with("camel.beans.shopDb.password", database.password().isEmpty() ? "trusted" : database.password())
                .with("caravan.sync.look-every", "200ms")
                .sync("shop", all.toArray(String[]::new));
    }

    private String prefix() {
        return "sync-" + schema;
    }

    final LedgerSettings settings(String owner) {
        return new LedgerSettings(prefix(), owner, Duration.ofMinutes(1), Duration.ofDays(1));
    }

    final Runs runs() {
        return new Runs(SharedSandbox.get().dynamoDb(), settings("alice"), Clock.systemUTC());
    }

    /** What {@code caravan sync} does, until the run is over. */
    final Run run(boolean full) {
        Run asked = ask(full);
        return ended(asked);
    }

    final Run ask(boolean full) {
        return ask(new RunOptions(full, List.of(), 0));
    }

    final Run ask(RunOptions options) {
        Runs runs = runs();
        Run[] begun = new Run[1];
        await().until(() -> {
            Beginning beginning =
                    runs.begin("shop", Instant.now().truncatedTo(ChronoUnit.SECONDS), SyncStages.PLAN, options.text());
            if (beginning instanceof Beginning.Begun yes) {
                begun[0] = yes.run();
            }
            return beginning instanceof Beginning.Begun;
        });
        return runs.postpone(begun[0], Instant.now(), "");
    }

    final Run ended(Run run) {
        Runs runs = runs();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> runs.find("shop", run.id()).orElseThrow().status() != RunStatus.RUNNING);
        return runs.find("shop", run.id()).orElseThrow();
    }

    /** What rows of a table in Redshift have. */
    final List<String> rows(String table, String expression, String order) {
        return cluster.column("SELECT " + expression + " FROM " + schema + "." + table + " ORDER BY " + order);
    }
}
