package dev.caravan.routes.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.database.Databases;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.runs.Beginning;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorPlanner;
import dev.caravan.redshift.copy.HiddenSecrets;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
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
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of mirrors share: a schema of their own in both databases, and instances that are stopped in the end. */
abstract class MirroringTest {
    private static int tests;

    final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    final Landing landing = SharedSandbox.landing();
    private final List<Pipeline> instances = new ArrayList<>();
    private final SourceDatabase database = SharedSources.postgres();

    /** In Redshift and in PostgreSQL. */
    String schema = "";

    /** The mirror's name: the target's ledger is one for all tests. */
    String name = "";

    @BeforeEach
    void schemaOfItsOwn() throws SQLException {
        schema = "mirror" + getClass().getSimpleName().toLowerCase(Locale.ROOT) + ++tests;
        name = "m" + tests + "-" + getClass().getSimpleName().toLowerCase(Locale.ROOT);
        target("CREATE SCHEMA " + schema);
        cluster.run("CREATE SCHEMA " + schema);
    }

    @AfterEach
    void stop() {
        SharedSandbox.get().redshift().faults().clear();
        SharedSandbox.get().awsFaults().clear();
        instances.forEach(Pipeline::close);
    }

    /** Has PostgreSQL do something. */
    final void target(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Rows of PostgreSQL, their columns as one text. */
    final List<String> rows(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(rows.getString(i)));
                }
                found.add(String.join("|", row));
            }
        }
        return found;
    }

    /** An instance with a mirror of table companies by id, with more properties, key and value in turns. */
    final Pipeline start(String... properties) {
        return launch(pipeline(properties));
    }

    final Pipeline launch(Pipeline pipeline) {
        instances.add(pipeline.start());
        return pipeline;
    }

    final Pipeline pipeline(String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "source", "redshift",
                "table", schema + ".companies",
                "keys", "id",
                "target", "app",
                "targetTable", schema + ".companies",
                "iamRole", "default"));
        all.addAll(List.of(properties));
        return new Pipeline(landing, "mirror-" + schema)
                .with("camel.beans.app", "#class:org.postgresql.ds.PGSimpleDataSource")
                .with("camel.beans.app.url", database.url())
                .with("camel.beans.app.user", database.user())
                .with("camel.beans.app.password", database.password().isEmpty() ? "trusted" : database.password())
                .with("caravan.sync.look-every", "200ms")
                .mirror(name, all.toArray(String[]::new));
    }

    final Runs runs(String owner) {
        return new Runs(
                SharedSandbox.get().dynamoDb(),
                new LedgerSettings("mirror-" + schema, owner, Duration.ofMinutes(1), Duration.ofDays(1)),
                Clock.systemUTC());
    }

    /** What {@code caravan mirror} does, until the run is over. */
    final Run run() {
        return run(false, false);
    }

    final Run run(boolean allowDeletes, boolean rebase) {
        return ended(ask(allowDeletes, rebase));
    }

    final Run ask(boolean allowDeletes, boolean rebase) {
        MirrorBook book = new MirrorBook(runs("alice"), Clock.systemUTC());
        Run[] begun = new Run[1];
        await().until(() -> {
            Beginning beginning = book.ask(name, allowDeletes, rebase, "alice");
            if (beginning instanceof Beginning.Begun yes) {
                begun[0] = yes.run();
            }
            return beginning instanceof Beginning.Begun;
        });
        return begun[0];
    }

    final Run ended(Run run) {
        Runs runs = runs("alice");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> runs.find(name, run.id()).orElseThrow().status() != RunStatus.RUNNING);
        return runs.find(name, run.id()).orElseThrow();
    }

    /** What commands ask. */
    final MirrorPlanner planner(Pipeline pipeline) {
        CamelContext context = pipeline.context();
        return new MirrorPlanner(
                name -> Optional.ofNullable(context.getRegistry().lookupByNameAndType(name, DataSource.class)),
                "caravan",
                new Databases(context, Duration.ofMinutes(1)),
                SharedSandbox.get().s3(),
                new HiddenSecrets(() -> {
                    throw new IllegalStateException("no secret is expected here");
                }),
                Clock.systemUTC());
    }

    final TableMirror mirror(Pipeline pipeline) {
        return pipeline.context().getRegistry().lookupByNameAndType(name, TableMirror.class);
    }

    static Run good(Run run) {
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
        return run;
    }
}
