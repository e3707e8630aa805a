package dev.caravan.cli.syncs;

import static dev.caravan.cli.OperatorSetting.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.cli.Schemas;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of syncs, to people and to scripts. */
class SyncOutputTest {
    private static final String YAML = """
            - beans:
                - name: shop
                  type: dev.caravan.pipeline.tabletoredshift.sync.TableSync
                  properties:
                    source: shopDb
                    tables: shopoutput.*, !shopoutput.tmp_*
                    schedule: 0 0 3 * * ?
                    timeZone: Asia/Tokyo
                    targetSchema: shop
                    iamRole: default
                    outOfRange: null
                - name: shop-orders
                  type: dev.caravan.pipeline.tabletoredshift.sync.TableSync
                  properties:
                    source: shopDb
                    tables: shopoutput.orders
                    mode: incremental
                    watermark: updated_at
                    deletes: keys
                    maxDeletes: 50
                    targetSchema: shop
                    iamRole: default
                    columns: '!card_number, email=sha2(email, 256)'
            """;

    private final SourceDatabase database = SharedSources.mariaDb();
    private final Landing landing = SharedSandbox.landing();

    @Test
    void aSyncIsPlannedRunAndDescribed_asTheSchemasSay(@TempDir Path folder) throws Exception {
        source(
                "CREATE DATABASE shopoutput",
                "USE shopoutput",
                "CREATE TABLE customers (id INT UNSIGNED PRIMARY KEY, name VARCHAR(80) NOT NULL, born DATE NULL)",
                "SET sql_mode = ''",
                "INSERT INTO customers VALUES (1, 'Ann', '1980-02-03'), (2, 'Bo', '0000-00-00')",
                "CREATE TABLE notes (id INT PRIMARY KEY, text LONGTEXT)",
                "INSERT INTO notes VALUES (7, REPEAT('x', 70000))",
                "CREATE TABLE orders (id BIGINT PRIMARY KEY, email VARCHAR(100), card_number VARCHAR(20), total DECIMAL(10,2),"
                        + " updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))",
                "INSERT INTO orders (id, email, total) VALUES (1, 'ann@example.com', 12.50), (2, NULL, 7)");
        Path routes = Files.writeString(folder.resolve("syncs.camel.yaml"), YAML);
        try (OperatorSetting operator = new OperatorSetting(landing, "syncoutput")
                        .with("camel.main.routesIncludePattern", "file:" + routes)
                        .with("camel.beans.shopDb", "#class:org.mariadb.jdbc.MariaDbDataSource")
                        .with("camel.beans.shopDb.url", database.url())
                        .with("camel.beans.shopDb.user", database.user())
                        .with("camel.beans.shopDb.password", password());
                Pipeline instance = instance()) {
            instance.start();
            json(operator, "list", "syncs");
            json(operator, "describe", "sync", "shop-orders");
            CaravanCommand plan = ok(operator, "sync", "shop-orders", "--plan");
            assertThat(text(plan.out()))
                    .contains("shopoutput.orders -> shop.orders, overwrite existing by id", "email VARCHAR(65535)")
                    .contains("deletes: the keys (id) of all rows are read, and rows with others go, at most 50 %")
                    .contains("no index begins with column updated_at", "Nothing was changed")
                    .doesNotContain("card_number");
            wrongTablesAreNamedAndNothingRuns(operator);
            CaravanCommand run = ok(operator, "sync", "shop-orders");
            assertThat(text(run.out())).contains("is complete: 1 table, 2 rows");
            CaravanCommand failed = operator.run("sync", "shop");
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.err())
                    .contains("1 of 2 tables failed: shopoutput.notes: in the row with id=7, column text");
            source("DELETE FROM shopoutput.orders WHERE id = 2");
            assertThat(text(ok(operator, "sync", "shop-orders").out()))
                    .contains("is complete: 1 table,", ", 1 row deleted");
            assertThat(json(operator, "describe", "sync", "shop-orders")
                            .at("/tables/0/deleted")
                            .asInt())
                    .isEqualTo(1);
            assertThat(text(ok(operator, "describe", "sync", "shop-orders").out()))
                    .containsPattern("RUN +PLANNED +STATUS +TABLES +ROWS +DELETED +NOTE")
                    .containsPattern("shopoutput.orders +read +1 +1 ")
                    .containsPattern(" complete +1 +2 +0 +1 table, 2 rows");
            assertThat(text(ok(operator, "describe", "sync", "shop").out()))
                    .as("where all rows are replaced, nobody counts")
                    .containsPattern("shopoutput.customers +read +2 +- ");
            JsonNode list = json(operator, "list", "syncs");
            assertThat(list.at("/0/last/status").asText()).isEqualTo("error");
            assertThat(list.at("/1/last/counts/deleted").asInt()).isEqualTo(1);
            JsonNode shop = json(operator, "describe", "sync", "shop");
            assertThat(shop.at("/properties/outOfRange").asText())
                    .as("YAML's null is a word")
                    .isEqualTo("null");
            assertThat(shop.at("/tables/0/changes/born zeroDates: null").asInt())
                    .isEqualTo(1);
            assertThat(shop.at("/tables/1/state").asText()).isEqualTo("failed");
            ok(operator, "pause", "sync", "shop");
            assertThat(json(operator, "list", "syncs").at("/0/paused").asBoolean())
                    .isTrue();
            ok(operator, "resume", "sync", "shop");
        }
    }

    private static void wrongTablesAreNamedAndNothingRuns(OperatorSetting operator) throws Exception {
        String[] tables = {
            "--table",
            "shopoutput.customers",
            "--table",
            "shopoutput.custmers",
            "--table",
            "shopoutput.orders",
            "--table",
            "a.b"
        };
        for (String command : List.of("sync shop", "sync shop --plan", "verify sync shop")) {
            CaravanCommand wrong = operator.run(Stream.concat(Stream.of(command.split(" ")), Stream.of(tables))
                    .toArray(String[]::new));
            assertThat(wrong.exitCode()).as(command).isEqualTo(1);
            assertThat(wrong.err())
                    .contains("sync 'shop' takes no table shopoutput.custmers: did you mean 'shopoutput.customers'?")
                    .contains("sync 'shop' takes no table shopoutput.orders: sync 'shop-orders' takes it")
                    .contains("sync 'shop' takes no table a.b: source shopDb has none of that name")
                    .doesNotContain("takes no table shopoutput.customers");
        }
        assertThat(json(operator, "list", "syncs").at("/0/last").isMissingNode()
                        || json(operator, "list", "syncs").at("/0/last").isNull())
                .isTrue();
    }

    private Pipeline instance() {
        return new Pipeline(landing, "syncoutput")
                .with("camel.beans.shopDb", "#class:org.mariadb.jdbc.MariaDbDataSource")
                .with("camel.beans.shopDb.url", database.url())
                .with("camel.beans.shopDb.user", database.user())
                .with("camel.beans.shopDb.password", password())
                .with("caravan.sync.look-every", "200ms")
                .sync(
                        "shop",
                        "source",
                        "shopDb",
                        "tables",
                        "shopoutput.*, !shopoutput.tmp_*",
                        "targetSchema",
                        "shop",
                        "iamRole",
                        "default")
                .sync(
                        "shop-orders",
                        "source",
                        "shopDb",
                        "tables",
                        "shopoutput.orders",
                        "mode",
                        "incremental",
                        "watermark",
                        "updated_at",
                        "targetSchema",
                        "shop",
                        "iamRole",
                        "default",
                        "deletes",
                        "keys",
                        "maxDeletes",
                        "50",
                        "columns",
                        "!card_number, email=sha2(email, 256)");
    }

    private String password() {
        return database.password().isEmpty() ? "trusted" : database.password();
    }

    private void source(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static CaravanCommand ok(OperatorSetting operator, String... command) {
        CaravanCommand done = operator.run(command);
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
