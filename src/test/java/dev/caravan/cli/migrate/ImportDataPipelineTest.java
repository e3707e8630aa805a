package dev.caravan.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.migrate.datapipeline.Pipelines;
import dev.caravan.sandbox.SharedSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code caravan import --from-data-pipeline}: its files, what it says of them, and its exit codes. */
class ImportDataPipelineTest {
    @TempDir
    Path folder;

    private final OperatorSetting setting = new OperatorSetting(SharedSandbox.landing(), "import-pipeline")
            .feed("there", "prefix", "landing/there/", "table", "public.there");

    @AfterEach
    void remove() throws Exception {
        setting.close();
    }

    @Test
    void aDefinitionBecomesThreeFiles_withoutAws() throws IOException {
        String key = System.clearProperty("aws.accessKeyId");
        try {
            CaravanCommand done = importing(Pipelines.CONSOLE);
            assertThat(done.err()).isEmpty();
            assertThat(done.exitCode()).isZero();
            assertThat(done.out())
                    .startsWith(
                            folder.resolve("routes/data-pipeline.camel.yaml") + ": 1 sync: orders",
                            folder.resolve("caravan-sources.properties") + ": 1 source",
                            folder.resolve("caravan-clusters.properties") + ": 1 cluster",
                            "",
                            "By hand:",
                            "  - go through the comments in " + folder.resolve("routes/data-pipeline.camel.yaml"),
                            "  - append " + folder.resolve("caravan-sources.properties") + " to application.properties",
                            "  - append " + folder.resolve("caravan-clusters.properties")
                                    + " to application.properties")
                    .anyMatch(line ->
                            line.startsWith("  - unless a feed or sync of yours loads it, the cluster redshift"))
                    .anyMatch(line ->
                            line.startsWith("  - set SHOP_PROD_PASSWORD: the password of pipeline at jdbc:mariadb:"))
                    .anyMatch(line -> line.startsWith("  - set CARAVAN_WAREHOUSE_PASSWORD: the password of loader at"))
                    .noneMatch(line -> line.contains(Pipelines.SECRET));
        } finally {
            System.setProperty("aws.accessKeyId", key);
        }
        assertThat(properties(folder.resolve("routes/data-pipeline.camel.yaml")))
                .containsEntry("source", "shop_prod")
                .containsEntry("clusters", "warehouse")
                .containsEntry("schedule", "0 30 2 * * ?")
                .containsEntry("keys", "order_id, line");
        assertThat(folder.resolve("caravan-sources.properties"))
                .content()
                .contains("camel.beans.shop_prod.password={{env:SHOP_PROD_PASSWORD}}\n");
        assertThat(folder.resolve("caravan-clusters.properties")).content().contains("camel.beans.warehouse=#class:");
        assertThat(written()).doesNotContain(Pipelines.SECRET);
    }

    @Test
    void aSyncInCommentsIsSaid() throws IOException {
        assertThat(importing(Pipelines.BY_HAND).out())
                .contains(folder.resolve("routes/data-pipeline.camel.yaml") + ": 2 syncs: people, notes")
                .anyMatch(line ->
                        line.startsWith("  - sync notes stands in comments: transformSql makes other rows of them"));
        assertThat(written()).doesNotContain(Pipelines.SECRET);
    }

    @Test
    void aFileThatIsThereIsNotOverwritten_unlessForced() throws IOException {
        Files.writeString(folder.resolve("caravan-sources.properties"), "mine");
        CaravanCommand refused = importing(Pipelines.CONSOLE);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualTo("caravan: " + folder.resolve("caravan-sources.properties")
                        + " is there already: move it away, or overwrite with --force; nothing is written\n");
        assertThat(folder.resolve("routes")).doesNotExist();
        assertThat(importing(Pipelines.CONSOLE, "--force").exitCode()).isZero();
        assertThat(folder.resolve("caravan-sources.properties")).content().contains("camel.beans.shop_prod.url=");
    }

    @Test
    void whatCantBeReadIsOneSentence_andNothingIsWritten() throws IOException {
        String file = folder.resolve("definition.json").toString();
        assertThat(setting.run("import", "--from-data-pipeline", file).err())
                .isEqualTo("caravan: there is no file " + file + "\n");
        CaravanCommand noJson = importing("objects: " + Pipelines.SECRET);
        assertThat(noJson.exitCode()).isEqualTo(1);
        assertThat(noJson.err())
                .startsWith("caravan: " + file + " is no JSON: see line 1, column ")
                .doesNotContain(Pipelines.SECRET);
        assertThat(importing("{\"objects\": [{\"id\": \"a\", \"type\": \"ShellCommandActivity\"}]}")
                        .err())
                .isEqualTo(
                        "caravan: " + file
                                + " has no RedshiftCopyActivity that loads what a CopyActivity copies from a table of a"
                                + " database. ShellCommandActivity a: not taken over: see whether what it does is still wanted\n");
        assertThat(importing(" ".repeat(50 << 20)).err()).startsWith("caravan: " + file + " has more than 5.0 MB");
        CaravanCommand two = importing(Pipelines.CONSOLE, "--from-rin", "config.yaml");
        assertThat(two.exitCode()).isEqualTo(1);
        assertThat(two.err()).startsWith("caravan: say what to read, one of --from-lambda-loader, --from-rin FILE and");
        assertThat(importing(Pipelines.CONSOLE, "--ledger").err())
                .contains("only the first keeps a record for --ledger");
        assertThat(setting.run("import", "--from-data-pipeline").exitCode()).isEqualTo(2);
        assertThat(folder.resolve("routes")).doesNotExist();
    }

    private CaravanCommand importing(String json, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("definition.json"), json);
        List<String> words = new ArrayList<>(List.of(
                "import",
                "--from-data-pipeline",
                file.toString(),
                "--to",
                folder.resolve("routes").toString()));
        words.addAll(List.of(more));
        return setting.run(words.toArray(String[]::new));
    }

    private String written() throws IOException {
        return Files.readString(folder.resolve("routes/data-pipeline.camel.yaml"))
                + Files.readString(folder.resolve("caravan-sources.properties"))
                + Files.readString(folder.resolve("caravan-clusters.properties"));
    }

    /** Of the first bean, as YAML is read. */
    private static Map<String, String> properties(Path yaml) throws IOException {
        Object routes = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(yaml));
        Map<?, ?> beans = (Map<?, ?>) ((List<?>) routes).get(0);
        Map<?, ?> bean = (Map<?, ?>) ((List<?>) Objects.requireNonNull(beans.get("beans"))).get(0);
        assertThat(bean.get("type")).isEqualTo("dev.caravan.pipeline.tabletoredshift.sync.TableSync");
        Map<String, String> properties = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(bean.get("properties")))
                .forEach((name, value) -> properties.put(name.toString(), value.toString()));
        return properties;
    }
}
