package dev.caravan.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.migrate.datapipeline.Pipelines;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mariadb.jdbc.MariaDbDataSource;

/** What {@code caravan import --from-data-pipeline} writes, in an instance that starts with it. */
class ImportedSyncsStartTest {
    private final Landing landing = SharedSandbox.landing();

    @TempDir
    Path folder;

    @Test
    void theFilesThatAreWrittenStart() throws Exception {
        Path definition = Files.writeString(
                folder.resolve("definition.json"),
                Pipelines.CONSOLE
                        .replace("arn:aws:sns:eu-west-1:123456789012:shop-alarms", landing.failedTopicArn())
                        .replace("arn:aws:sns:eu-west-1:123456789012:shop-loads", landing.loadedTopicArn()));
        Path routes = folder.resolve("routes");
        try (OperatorSetting setting = new OperatorSetting(landing, "imported-syncs")
                .feed("there", "prefix", "landing/there/", "table", "public.there")) {
            CaravanCommand done =
                    setting.run("import", "--from-data-pipeline", definition.toString(), "--to", routes.toString());
            assertThat(done.exitCode()).isZero();
            appended().forEach(setting::with);
            setting.with("camel.main.routesIncludePattern", "file:" + routes + "/*.camel.yaml");
            try (Pipeline instance = instance(routes)) {
                registered(instance.start().context());
                CaravanCommand listed = setting.run("list", "syncs");
                assertThat(listed.err()).isEmpty();
                assertThat(listed.out())
                        .anyMatch(line -> line.matches("orders +shop_prod +shop\\.orders +incremental +warehouse .*"));
            }
        }
    }

    private Pipeline instance(Path routes) throws IOException {
        Pipeline instance = new Pipeline(landing, "imported-syncs").beans(routes.resolve("data-pipeline.camel.yaml"));
        appended().forEach(instance::with);
        SharedSandbox.get().environment().forEach((name, value) -> {
            if (name.matches("CARAVAN_REDSHIFT_(URL|USER|PASSWORD)")) {
                instance.with(name.toLowerCase(Locale.ROOT).replace("caravan_redshift_", "caravan.warehouse."), value);
            }
        });
        return instance;
    }

    private static void registered(CamelContext context) {
        assertThat(context.isStarted()).isTrue();
        Registry registry = context.getRegistry();
        TableSync orders = registry.findSingleByType(TableSync.class);
        assertThat(orders.name()).isEqualTo("orders");
        assertThat(orders.target(new TableId("shop", "orders"))).isEqualTo("sales.orders");
        assertThat(orders.keys()).containsExactly("order_id", "line");
        assertThat(orders.schedule())
                .hasValueSatisfying(cron -> assertThat(cron.getCronExpression()).isEqualTo("0 30 2 * * ?"));
        assertThat(registry.lookupByName("warehouse")).isInstanceOf(HikariDataSource.class);
        assertThat(registry.lookupByName("shop_prod"))
                .isInstanceOfSatisfying(
                        MariaDbDataSource.class,
                        shop -> assertThat(shop.getUser()).isEqualTo("pipeline"));
    }

    /** What is appended to application.properties; no test can set an environment variable. */
    private Map<String, String> appended() throws IOException {
        Map<String, String> appended = new TreeMap<>();
        for (String file : List.of("caravan-sources.properties", "caravan-clusters.properties")) {
            Properties properties = new Properties();
            try (var in = Files.newBufferedReader(folder.resolve(file))) {
                properties.load(in);
            }
            properties.forEach((key, value) -> appended.put(
                    key.toString(), value.toString().replace("{{env:SHOP_PROD_PASSWORD}}", Pipelines.SECRET)));
        }
        return appended;
    }
}
