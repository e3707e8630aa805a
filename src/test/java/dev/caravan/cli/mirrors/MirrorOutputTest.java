package dev.caravan.cli.mirrors;

import static dev.caravan.cli.OperatorSetting.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.cli.Schemas;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What commands say of mirrors, to people and to scripts. */
class MirrorOutputTest {
    private static final String[] COMPANIES = {
        "source", "redshift",
        "table", "mirroroutput.companies",
        "keys", "id",
        "target", "app",
        "targetTable", "mirroroutput.companies",
        "schedule", "0 0 2 * * ?",
        "timeZone", "Asia/Tokyo",
        "maxChanges", "100%",
        "iamRole", "default"
    };

    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final SourceDatabase database = SharedSources.postgres();
    private final Landing landing = SharedSandbox.landing();

    @Test
    void aMirrorIsPlannedRunVerifiedAndDescribed_asTheSchemasSay() throws Exception {
        cluster.run("CREATE SCHEMA mirroroutput");
        cluster.run("CREATE TABLE mirroroutput.companies (id BIGINT, name VARCHAR(40), share FLOAT8)");
        cluster.run("INSERT INTO mirroroutput.companies VALUES (1, 'Ant', 0.5), (2, 'Bee', NULL)");
        target("CREATE SCHEMA mirroroutput", "CREATE TABLE mirroroutput.companies (id bigint PRIMARY KEY, name text)");
        try (OperatorSetting operator = operator();
                Pipeline instance = app(new Pipeline(landing, "mirroroutput"))
                        .with("caravan.sync.look-every", "200ms")
                        .mirror("companies", COMPANIES)) {
            instance.start();
            assertThat(json(operator, "list", "mirrors").at("/0/fresh").isMissingNode())
                    .isTrue();
            assertThat(text(ok(operator, "describe", "mirror", "companies").out()))
                    .contains("Mirror companies", "targetTable: mirroroutput.companies")
                    .contains("The target holds: nothing of this mirror yet", "It has not run yet");
            assertThat(text(ok(operator, "mirror", "companies", "--plan").out()))
                    .contains("mirroroutput.companies in redshift -> mirroroutput.companies in app")
                    .contains("the target holds: nothing of this mirror yet")
                    .contains("would be added: column share double precision")
                    .contains("insert: 2 rows, such as id=1; id=2", "update: 0 rows", "delete: 0 rows")
                    .contains("mind: column share is", "Nothing was changed in the target");

            assertThat(text(ok(operator, "mirror", "companies").out()))
                    .contains("is asked for", "is complete: 2 rows inserted, 0 updated, 0 deleted, of 2 rows");
            JsonNode list = json(operator, "list", "mirrors");
            assertThat(list.at("/0/last/status").asText()).isEqualTo("complete");
            assertThat(list.at("/0/last/counts/inserted").asInt()).isEqualTo(2);
            assertThat(list.at("/0/fresh").asText())
                    .isEqualTo(list.at("/0/last/planned").asText());
            JsonNode companies = json(operator, "describe", "mirror", "companies");
            assertThat(companies.at("/holds/snapshot").asText()).isNotEmpty();
            assertThat(companies.at("/properties/maxDeletes").asText()).isEqualTo("5%");

            guardsAreSaid(operator);
            differencesAreNamedAndRepaired(operator);
            ok(operator, "pause", "mirror", "companies", "--reason", "until noon");
            assertThat(json(operator, "list", "mirrors").at("/0/paused").asBoolean())
                    .isTrue();
            assertThat(operator.run("mirror", "companies").err())
                    .contains("mirror companies is paused: caravan resume mirror companies");
            ok(operator, "resume", "mirror", "companies");
            assertThat(operator.run("mirror", "compnies").err())
                    .contains("there is no mirror 'compnies': did you mean 'companies'?");
        }
    }

    private void guardsAreSaid(OperatorSetting operator) {
        cluster.run("DELETE FROM mirroroutput.companies WHERE id = 2");
        String guard =
                "1 row of 2 rows would be deleted (50.0 %), more than maxDeletes allows, 5 %. Nothing was changed."
                        + " If they are to go: caravan mirror companies --allow-deletes";
        assertThat(text(ok(operator, "mirror", "companies", "--plan").out()))
                .contains("delete: 1 row, such as id=2", "It would be refused: " + guard);
        CaravanCommand refused = operator.run("mirror", "companies");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains(guard);
        assertThat(text(ok(operator, "mirror", "companies", "--allow-deletes").out()))
                .contains("0 rows inserted, 0 updated, 1 deleted, of 1 row");
    }

    private void differencesAreNamedAndRepaired(OperatorSetting operator) throws Exception {
        assertThat(text(ok(operator, "verify", "mirror", "companies").out()))
                .contains("mirroroutput.companies in app: the same 1 row as snapshot ");
        target(
                "UPDATE mirroroutput.companies SET name = 'Spoilt'",
                "INSERT INTO mirroroutput.companies VALUES (9, 'Ours')");
        CaravanCommand differs = operator.run("verify", "mirror", "companies");
        assertThat(differs.exitCode()).isEqualTo(3);
        assertThat(text(differs.out())).contains("changed: 1 row, such as id=1", "others wrote 1 row besides");
        assertThat(differs.err()).contains("different: mirroroutput.companies in app");
        assertThat(text(ok(operator, "verify", "mirror", "companies", "--repair")
                        .out()))
                .contains("is complete: 0 rows inserted, 1 updated, 0 deleted");
        assertThat(json(operator, "describe", "mirror", "companies")
                        .at("/runs/0/asked")
                        .asText())
                .isEqualTo("rebase");
        assertThat(text(ok(operator, "verify", "mirror", "companies").out())).contains("the same 1 row");
        assertThat(text(ok(operator, "rebase", "mirror", "companies").out())).contains("is complete: nothing differs");
    }

    private OperatorSetting operator() throws Exception {
        return new OperatorSetting(landing, "mirroroutput")
                .with("camel.beans.app", "#class:org.postgresql.ds.PGSimpleDataSource")
                .with("camel.beans.app.url", database.url())
                .with("camel.beans.app.user", database.user())
                .with("camel.beans.app.password", password())
                .mirror("companies", COMPANIES);
    }

    private Pipeline app(Pipeline pipeline) {
        return pipeline.with("camel.beans.app", "#class:org.postgresql.ds.PGSimpleDataSource")
                .with("camel.beans.app.url", database.url())
                .with("camel.beans.app.user", database.user())
                .with("camel.beans.app.password", password());
    }

    private String password() {
        return database.password().isEmpty() ? "trusted" : database.password();
    }

    private void target(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static CaravanCommand ok(OperatorSetting operator, String... command) {
        CaravanCommand done = operator.run(command);
        while (done.err().contains("has begun in this second: give the command again")) {
            done = operator.run(command);
        }
        assertThat(done.exitCode()).as(done.err()).isZero();
        return done;
    }

    /** What scripts get, as its schema says it. */
    private static JsonNode json(OperatorSetting operator, String... command) {
        String[] json =
                Stream.concat(Stream.of(command), Stream.of("--output", "json")).toArray(String[]::new);
        return Schemas.check(text(ok(operator, json).out()), command);
    }
}
