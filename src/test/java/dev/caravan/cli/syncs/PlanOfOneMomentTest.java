package dev.caravan.cli.syncs;

import static dev.caravan.cli.OperatorSetting.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code caravan sync --plan} of tables that are read as they were at one moment. */
class PlanOfOneMomentTest {
    private static final String YAML = """
            - beans:
                - name: moment
                  type: dev.caravan.pipeline.tabletoredshift.sync.TableSync
                  properties:
                    source: shopDb
                    tables: planmoment.*
                    snapshot: sync
                    iamRole: default
            """;

    private final SourceDatabase database = SharedSources.mariaDb();

    @Test
    void whatFollowsForAllTablesIsSaid_andNothingIsChanged(@TempDir Path folder) throws Exception {
        source(
                "CREATE DATABASE planmoment",
                "CREATE TABLE planmoment.orders (id INT PRIMARY KEY)",
                "CREATE TABLE planmoment.items (id INT PRIMARY KEY)");
        Path routes = Files.writeString(folder.resolve("syncs.camel.yaml"), YAML);
        try (OperatorSetting operator = new OperatorSetting(SharedSandbox.landing(), "planmoment")
                .with("camel.main.routesIncludePattern", "file:" + routes)
                .with("camel.beans.shopDb", "#class:org.mariadb.jdbc.MariaDbDataSource")
                .with("camel.beans.shopDb.url", database.url())
                .with("camel.beans.shopDb.user", database.user())
                .with("camel.beans.shopDb.password", database.password().isEmpty() ? "trusted" : database.password())) {
            assertThat(plan(operator))
                    .contains("planmoment.items -> planmoment.items, replace", "planmoment.orders -> planmoment.orders")
                    .contains(
                            "These 2 tables are read one after the other, as they were at one moment (snapshot: sync)."
                                    + " Until the last is read, nobody can alter or truncate any of them. If one fails, none is"
                                    + " loaded")
                    .doesNotContain("None would be loaded")
                    .endsWith("Nothing was changed. Without --plan it runs");
            assertThat(plan(operator, "--table", "planmoment.orders"))
                    .as("one table alone is of its own moment")
                    .doesNotContain("one moment");

            source("ALTER TABLE planmoment.items ADD COLUMN `" + "寿".repeat(64)
                    + "` INT"); // longer than Redshift's names
            assertThat(plan(operator))
                    .contains(
                            "planmoment.items can't be synced: ",
                            "None would be loaded, for planmoment.items can't be synced")
                    .contains("planmoment.orders -> planmoment.orders");
            assertThat(new ClusterSql(SharedSandbox.get().environment())
                            .column("SELECT 1 FROM information_schema.schemata WHERE schema_name = 'planmoment'"))
                    .isEmpty();
        }
    }

    private static String plan(OperatorSetting operator, String... more) {
        String[] command = new String[3 + more.length];
        System.arraycopy(new String[] {"sync", "moment", "--plan"}, 0, command, 0, 3);
        System.arraycopy(more, 0, command, 3, more.length);
        CaravanCommand done = operator.run(command);
        assertThat(done.exitCode()).as(done.err()).isZero();
        return text(done.out()).strip();
    }

    private void source(String... statements) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
